/**
 * Does calls that arrive at about the same time as one: while a group with a key is at work, the calls with this
 * key wait, and become the next group. Nothing is delayed when nothing else is at work.
 */
export interface Gatherer {
  /**
   * @param work does a whole group and gives each call its outcome, in their order
   * @throws what `work` threw, or the outcome of this call when it is an Error
   */
  join<Input, Output>(
    key: string,
    input: Input,
    work: (inputs: Input[]) => Promise<(Output | Error)[]>,
  ): Promise<Output>
}

interface Waiting {
  input: unknown
  resolve(output: unknown): void
  reject(error: unknown): void
}

/** Groups of one key at work at once: one prepares while the other waits for the database. */
const AT_ONCE = 2
const LARGEST = 50

export function createGatherer(): Gatherer {
  const queues = new Map<string, { waiting: Waiting[]; working: number }>()

  async function workOff(key: string, work: (inputs: never[]) => Promise<unknown[]>): Promise<void> {
    const queue = queues.get(key)!
    if (queue.working >= AT_ONCE) return
    queue.working++
    while (queue.waiting.length > 0) await workOn(queue.waiting.splice(0, LARGEST), work)
    queue.working--
    if (queue.working === 0) queues.delete(key)
  }

  return {
    join: (key, input, work) =>
      new Promise((resolve, reject) => {
        const queue = queues.get(key) ?? { waiting: [], working: 0 }
        queues.set(key, queue)
        queue.waiting.push({ input, resolve: resolve as Waiting['resolve'], reject })
        void workOff(key, work as (inputs: never[]) => Promise<unknown[]>)
      }),
  }
}

async function workOn(group: Waiting[], work: (inputs: never[]) => Promise<unknown[]>): Promise<void> {
  try {
    const outputs = await work(group.map(({ input }) => input) as never[])
    for (const [i, { resolve, reject }] of group.entries()) {
      const output = outputs[i]
      if (output instanceof Error) reject(output)
      else resolve(output)
    }
  } catch (error) {
    for (const { reject } of group) reject(error)
  }
}
