import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { isTooComplex } from './bounds.ts'
import { findCandidate } from './candidate.ts'
import { type Candidate, type CheckStep, type Finding, failed, passed, skipped } from './check.ts'
import { checkDates } from './dates.ts'
import { checkIssuer } from './issuer.ts'
import type { CheckName } from './messages.ts'
import { checkProof } from './proof.ts'
import { checkStatus } from './status.ts'
import { checkContext, checkSchema, checkSubject, checkTerms } from './structure.ts'

/** The steps after the reading of what was handed in, in the order of OB 3.0, section 9.1. */
const STEPS: readonly [Exclude<CheckName, 'parse'>, CheckStep][] = [
  ['terms', checkTerms],
  ['context', checkContext],
  ['schema', checkSchema],
  ['subject', checkSubject],
  ['issuer', checkIssuer],
  ['proof', checkProof],
  ['status', checkStatus],
  ['dates', checkDates],
]

export interface Verdict {
  /** The signature holds and no check failed. */
  readonly valid: boolean
  readonly checks: readonly (Finding & { check: CheckName })[]
  readonly credential?: Json
}

/**
 * Verifies what was handed in: JSON, a compact JWS, a baked image, or `{url}` of a credential of ours. Every
 * check is made and told, so that a reader sees all that is wrong at once.
 * @throws Invalid for a request that breaks the rules of every body
 */
export async function verifyBytes(ctx: Context, bytes: Buffer, saysJson: boolean): Promise<Verdict> {
  const candidate = await findCandidate(ctx, bytes, saysJson)
  if (!('credential' in candidate)) return unread(candidate)
  return isTooComplex(candidate) ? unread(failed('too-complex')) : verifyCandidate(ctx, candidate)
}

function unread(finding: Finding): Verdict {
  const rest = STEPS.map(([check]) => ({ check, ...skipped('skipped-before') }))
  return { valid: false, checks: [{ check: 'parse', ...finding }, ...rest] }
}

async function verifyCandidate(ctx: Context, candidate: Candidate): Promise<Verdict> {
  const checks: (Finding & { check: CheckName })[] = [{ check: 'parse', ...passed('parse-ok') }]
  for (const [check, step] of STEPS) checks.push({ check, ...(await step(ctx, candidate)) })
  const isProven = checks.some(({ check, outcome }) => check === 'proof' && outcome === 'passed')
  const valid = isProven && checks.every(({ outcome }) => outcome !== 'failed')
  return { valid, checks, credential: candidate.credential }
}
