import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { areTooMuchWork, isTooMuchWork } from './bounds.ts'
import { findCandidate } from './candidate.ts'
import { type Candidate, type Finding, failed, passed, skipped } from './check.ts'
import { checkAbout, checkEndorsements, type EndorsementVerdict } from './endorsements.ts'
import { type Endorsements, findEndorsements } from './find-endorsements.ts'
import { CHECKS } from './messages.ts'
import { rationed } from './ration.ts'
import { BADGE_STEPS, type Check, isValid, runSteps } from './steps.ts'
import { isEndorsement } from './structure.ts'
import { issuerOf, judge, type Overall, type VerdictIssuer } from './verdict.ts'

export interface Verdict {
  /** The signature holds and no check failed. */
  readonly valid: boolean
  readonly kind: 'badge' | 'endorsement'
  readonly overall: Overall
  readonly issuer?: VerdictIssuer
  readonly checks: readonly Check[]
  readonly endorsements: readonly EndorsementVerdict[]
  readonly credential?: Json
}

/**
 * Verifies what was handed in: JSON, a compact JWS, a baked image, or `{url}` of a credential of ours. Every
 * check is made and told, so that a reader sees all that is wrong at once.
 * Source: OB 3.0, section 9.1, in the order of the public validator of 1EdTech.
 * @throws Invalid for a request that breaks the rules of every body
 */
export async function verifyBytes(ctx: Context, bytes: Buffer, saysJson: boolean): Promise<Verdict> {
  const candidate = await findCandidate(ctx, bytes, saysJson)
  if (!('credential' in candidate)) return unread(candidate)
  if (isTooMuchWork(candidate)) return unread(failed('too-complex'))
  const endorsements = findEndorsements(candidate.credential)
  const inside = endorsements.first.flatMap((one) => one.candidate ?? [])
  if (areTooMuchWork([candidate, ...inside])) return unread(failed('too-complex'))
  return verifyCandidate(rationed(ctx), candidate, endorsements)
}

function unread(finding: Finding): Verdict {
  const checks = CHECKS.map((check) => ({
    check,
    ...(check === 'parse' ? finding : skipped('skipped-before')),
  }))
  return { valid: false, kind: 'badge', overall: judge(checks), checks, endorsements: [] }
}

async function verifyCandidate(ctx: Context, candidate: Candidate, inside: Endorsements): Promise<Verdict> {
  const { credential } = candidate
  const checks: Check[] = [{ check: 'parse', ...passed('parse-ok') }]
  const isOfEndorsement = isEndorsement(credential)
  checks.push(...(await runSteps(ctx, candidate, isOfEndorsement ? LONE_ENDORSEMENT_STEPS : BADGE_STEPS)))
  const { finding, endorsements } = isOfEndorsement
    ? { finding: skipped('endorsements-of-endorsement'), endorsements: [] }
    : await checkEndorsements(ctx, inside)
  checks.push({ check: 'endorsements', ...finding })
  const issuer = issuerOf(checks, candidate)
  return {
    valid: isValid(checks),
    kind: isOfEndorsement ? 'endorsement' : 'badge',
    overall: judge(checks, candidate),
    ...(issuer ? { issuer } : {}),
    checks,
    endorsements,
    credential,
  }
}

/** An endorsement that is handed in by itself stands in nothing that it would have to be about. */
const LONE_ENDORSEMENT_STEPS = BADGE_STEPS.map(([check, step]) =>
  check === 'subject' ? ([check, checkAbout()] as const) : ([check, step] as const),
)
