// What the demonstration shows: colours and a bar on a terminal, plain lines elsewhere.
export const isTerminal = process.stdout.isTTY === true
const paint = (code: number) => (text: string) => (isTerminal ? `\x1b[${code}m${text}\x1b[0m` : text)

export const bold = paint(1)
export const dim = paint(2)
export const red = paint(31)
export const green = paint(32)
export const yellow = paint(33)

export function step(text: string): void {
  console.log(`\n${bold(text)}`)
}

export function line(text: string): void {
  console.log(`  ${text}`)
}

/** A bar that grows in place; elsewhere than on a terminal, its last state alone. */
export function progress(label: string, total: number) {
  let done = 0
  const draw = () => {
    const filled = Math.round((done / total) * 30)
    return `  ${label} ${green('█'.repeat(filled))}${dim('░'.repeat(30 - filled))} ${done}/${total}`
  }
  return {
    tick() {
      done++
      if (isTerminal) process.stdout.write(`\r${draw()}`)
    },
    end() {
      process.stdout.write(isTerminal ? '\n' : `${draw()}\n`)
    },
  }
}
