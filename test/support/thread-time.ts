/**
 * Milliseconds that this thread has been at work so far: how long it keeps others waiting, whatever else the machine
 * does beside it.
 */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
