import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type CheckStep, type Finding, failed, passed, warning } from './check.ts'
import { type Endorsements, MAX_ENDORSEMENTS, type PlacedEndorsement } from './find-endorsements.ts'
import { type Check, endorsementSteps, isValid, runSteps } from './steps.ts'
import { checkType, isEndorsement } from './structure.ts'
import { issuerOf, judge, type Overall, type VerdictIssuer } from './verdict.ts'

/** What was found of one endorsement. */
export interface EndorsementVerdict {
  /** JSON Pointer to where it stands. */
  readonly path: string
  readonly id?: string
  readonly issuer?: VerdictIssuer
  /** The id of what it endorses. */
  readonly about?: string
  readonly comment?: string
  readonly valid: boolean
  readonly overall: Overall
  readonly checks: readonly Check[]
}

/**
 * Verifies the endorsements that stand anywhere in a credential, each by itself (OB 3.0, sections 9.1 and B.1.9). One
 * that fails says nothing against the credential, so that it is a warning.
 */
export async function checkEndorsements(
  ctx: Context,
  { first, count }: Endorsements,
): Promise<{ finding: Finding; endorsements: EndorsementVerdict[] }> {
  const endorsements: EndorsementVerdict[] = []
  for (const one of first) endorsements.push(await verifyEndorsement(ctx, one))
  return { finding: summary(count, endorsements), endorsements }
}

function summary(count: number, endorsements: readonly EndorsementVerdict[]): Finding {
  const failing = endorsements.filter(({ valid }) => !valid).length
  const unconfirmed = endorsements.filter(({ overall }) => overall.code === 'valid-issuer-unconfirmed').length
  if (count === 0) return passed('endorsements-none')
  if (count > MAX_ENDORSEMENTS)
    return warning('endorsements-too-many', { count, max: MAX_ENDORSEMENTS, failed: failing })
  if (failing > 0) return warning('endorsements-failed', { count, failed: failing })
  return unconfirmed > 0
    ? warning('endorsements-unconfirmed', { count, unconfirmed })
    : passed('endorsements-ok', { count })
}

async function verifyEndorsement(
  ctx: Context,
  { path, mayBeAbout, candidate }: PlacedEndorsement,
): Promise<EndorsementVerdict> {
  if (!candidate) {
    const checks: Check[] = [{ check: 'parse', ...failed('endorsement-unreadable') }]
    return { path, valid: false, overall: judge(checks), checks }
  }
  const steps = endorsementSteps({ type: checkEndorsementType, subject: checkAbout(mayBeAbout) })
  const checks = await runSteps(ctx, candidate, steps)
  return {
    path,
    ...describe(candidate.credential),
    ...optional('issuer', issuerOf(checks, candidate)),
    valid: isValid(checks),
    overall: judge(checks, candidate),
    checks,
  }
}

/** A badge in the place of an endorsement endorses nothing. */
const checkEndorsementType: CheckStep = (ctx, candidate) =>
  isEndorsement(candidate.credential) ? checkType(ctx, candidate) : failed('endorsement-other-type')

/**
 * Does an endorsement say what it endorses (OB 3.0, section B.1.10)?
 * @param mayBeAbout the ids that fit the place where it stands; any, if not given
 */
export function checkAbout(mayBeAbout?: ReadonlySet<string>): CheckStep {
  return (_ctx, { credential }) => {
    const about = aboutOf(credential)
    const { credentialSubject: subject } = credential
    const isTyped = isObject(subject) && listOf(subject.type).includes('EndorsementSubject')
    if (about === undefined || !isTyped) return failed('endorsement-about-nothing')
    return mayBeAbout && !mayBeAbout.has(about)
      ? failed('endorsement-elsewhere')
      : passed('endorsement-about')
  }
}

function describe({ id, ...credential }: Json) {
  const { credentialSubject: subject } = credential
  const comment = isObject(subject) ? subject.endorsementComment : undefined
  return {
    ...optional('id', typeof id === 'string' ? id : undefined),
    ...optional('about', aboutOf(credential)),
    ...optional('comment', typeof comment === 'string' ? comment : undefined),
  }
}

function aboutOf({ credentialSubject: subject }: Json): string | undefined {
  return isObject(subject) && typeof subject.id === 'string' ? subject.id : undefined
}

function optional<N extends string, V>(name: N, value: V | undefined): { [K in N]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [K in N]?: V }
}
