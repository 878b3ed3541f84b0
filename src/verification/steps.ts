import type { Context } from '../context.ts'
import type { Candidate, CheckStep, Finding } from './check.ts'
import { checkExpiration, checkIssuance } from './dates.ts'
import { checkIssuer } from './issuer.ts'
import type { CheckName } from './messages.ts'
import { checkNamedSchemas } from './named-schemas.ts'
import { checkProof } from './proof.ts'
import { checkRefresh } from './refresh.ts'
import { checkStatus } from './status.ts'
import { checkSchema, checkType } from './structure.ts'
import { checkEvidence, checkSubject } from './subject.ts'
import { checkContext, checkTerms } from './terms.ts'

/** What a check of this name found. */
export interface Check extends Finding {
  readonly check: CheckName
}

type Step = readonly [CheckName, CheckStep]

/** The steps after the reading and before the endorsements, in the order of the public validator of 1EdTech. */
export const BADGE_STEPS: readonly Step[] = [
  ['terms', checkTerms],
  ['context', checkContext],
  ['type', checkType],
  ['schema', checkSchema],
  ['named-schemas', checkNamedSchemas],
  ['subject', checkSubject],
  ['evidence', checkEvidence],
  ['issuer', checkIssuer],
  ['proof', checkProof],
  ['refresh', checkRefresh],
  ['status', checkStatus],
  ['expiration', checkExpiration],
  ['issuance', checkIssuance],
]

const ENDORSEMENT_CHECKS: readonly CheckName[] = [
  'terms',
  'context',
  'type',
  'schema',
  'named-schemas',
  'subject',
  'issuer',
  'proof',
  'status',
  'expiration',
  'issuance',
]

/** Those of them that an endorsement in a credential takes, with others in the place of some. */
export function endorsementSteps(others: Partial<Record<CheckName, CheckStep>>): readonly Step[] {
  const steps = BADGE_STEPS.filter(([check]) => ENDORSEMENT_CHECKS.includes(check))
  return steps.map(([check, step]) => [check, others[check] ?? step])
}

/** Makes every check, so that a reader sees all that is wrong at once. */
export async function runSteps(ctx: Context, candidate: Candidate, steps: readonly Step[]): Promise<Check[]> {
  const checks: Check[] = []
  for (const [check, step] of steps) checks.push({ check, ...(await step(ctx, candidate)) })
  return checks
}

/** The signature holds, and no check failed. A warning leaves it valid. */
export function isValid(checks: readonly Check[]): boolean {
  const isProven = checks.some(
    ({ check, outcome }) => check === 'proof' && (outcome === 'passed' || outcome === 'warning'),
  )
  return isProven && checks.every(({ outcome }) => outcome !== 'failed')
}
