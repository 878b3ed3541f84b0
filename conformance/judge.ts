import type { FileResults, Results } from '../test/tap-results.ts'
import type { Proof, Standard } from './requirement.ts'

export interface Judgement {
  /** What is wrong with the register or its tests: nothing may be written. */
  readonly mistakes: readonly string[]
  /** Tests that were skipped here, and why. */
  readonly skipped: ReadonlyMap<Proof, string>
  /** The requirements that these leave open, with the reason, each in a line. */
  readonly unshown: readonly string[]
}

/** Holds a register against what became of its tests: each that it names must exist, and have passed or been skipped. */
export function judge(standards: readonly Standard[], results: Results): Judgement {
  const mistakes: string[] = []
  const skipped = new Map<Proof, string>()
  const unshown: string[] = []
  for (const { name, requirements } of standards) {
    for (const { section, must, provedBy = [], notMet, notApplicable } of requirements) {
      const where = `${name}, section ${section}: ${must}`
      const answers = [provedBy.length > 0, notMet !== undefined, notApplicable !== undefined]
      if (answers.filter(Boolean).length !== 1) {
        mistakes.push(
          `${where}\n  is neither proved, nor said to be not met, nor not applicable, or more of these`,
        )
      }
      for (const proof of provedBy) {
        const fault = faultOf(proof, results[proof.file])
        if (typeof fault === 'string') mistakes.push(`${where}\n  ${fault}: ${proof.file} › ${proof.test}`)
        else if (fault) skipped.set(proof, fault.reason)
      }
      const reasons = new Set(provedBy.flatMap((proof) => skipped.get(proof) ?? []))
      if (reasons.size > 0) unshown.push(`${where} (${[...reasons].join('; ')})`)
    }
  }
  return { mistakes, skipped, unshown }
}

/** @returns what is wrong with a test, or why it was skipped, by itself or with the one around it */
function faultOf({ test }: Proof, results?: FileResults): string | { reason: string } | undefined {
  if (!results) return 'the file was not run'
  const { passed, failed, skipped } = results
  if (failed.includes(test)) return 'the test failed'
  if (passed.includes(test)) return undefined
  const around = Object.keys(skipped).find((name) => test === name || test.startsWith(`${name} › `))
  return around === undefined ? 'there is no such test' : { reason: skipped[around]! }
}
