import type { Context } from './context.ts'

/**
 * Does what is asked at about the same time as one unit of work; inside a transaction, alone.
 * @param key of what may be done together
 * @param work does it for a whole group and gives each its outcome, in their order
 * @throws what `work` threw, or the outcome of this input when it is an Error
 */
export async function together<Input, Output>(
  ctx: Context,
  key: string,
  input: Input,
  work: (inputs: Input[]) => Promise<(Output | Error)[]>,
): Promise<Output> {
  if (ctx.shared) return ctx.shared.gatherer.join(key, input, work)
  const [outcome] = await work([input])
  if (outcome instanceof Error) throw outcome
  return outcome as Output
}
