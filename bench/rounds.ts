/** What one figure came to. */
export interface Result {
  /** The figure of the table: a ratio, MB or milliseconds. */
  readonly value: number
  readonly measured: number
  readonly baseline: number
  /** Of `measured` and `baseline`. */
  readonly unit: string
  /** The figure of each round, in the order of measuring: their spread tells how noisy the machine was. */
  readonly rounds: number[]
}

/** The machines are noisy: what is compared is measured in turns, and the median of the rounds' ratios counts. */
export async function inRounds(
  count: number,
  unit: string,
  turns: { baseline: () => Promise<number>; measured: () => Promise<number> },
): Promise<Result> {
  const rounds: { baseline: number; measured: number }[] = []
  for (let round = 0; round < count; round++) {
    const baseline = await turns.baseline()
    rounds.push({ baseline, measured: await turns.measured() })
  }
  return summary(rounds, unit)
}

export function summary(rounds: { baseline: number; measured: number }[], unit: string): Result {
  const ratios = rounds.map(({ baseline, measured }) => measured / baseline)
  return {
    value: median(ratios),
    measured: median(rounds.map(({ measured }) => measured)),
    baseline: median(rounds.map(({ baseline }) => baseline)),
    unit,
    rounds: ratios,
  }
}

/** How often a second `act` can be done, one after the other, on this thread. */
export async function perSecond(seconds: number, act: () => unknown): Promise<number> {
  let count = 0
  const start = performance.now()
  let elapsed = 0
  while (elapsed < seconds * 1000) {
    await act()
    count++
    elapsed = performance.now() - start
  }
  return (count * 1000) / elapsed
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The value that a share of all values does not exceed. @param share from 0 to 1 */
export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}
