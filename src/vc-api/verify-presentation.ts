import type { Context } from '../context.ts'
import { isTooComplex } from '../vc/complexity.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { presentationFaults } from '../vc/model/presentation.ts'
import { type Candidate, type Finding, failed, passed, warning } from '../verification/check.ts'
import { checkSecured } from '../verification/proof.ts'
import { checkTerms } from './check-terms.ts'
import { isPresentationEnvelope, presentationInEnvelope } from './envelopes.ts'
import type { PlacedIssuer, VerifyOptions } from './schema.ts'
import { type Check, isPurpose, issuerOf, ofModel, verifyCredential } from './verify-credential.ts'

const LIMITS = { values: 5000, contexts: 80 }
const MAX_CREDENTIALS = 20
const MAX_PROOFS = 4

/** What was found, and who issued what is in it. */
export interface PresentationFindings {
  readonly checks: readonly Check[]
  readonly issuers: readonly PlacedIssuer[]
}

/**
 * Verifies a presentation: that its holder made it for this challenge and this domain, and every credential in it.
 * Whether the holder is whom a credential is about is for the reader to decide.
 * Source: VCDM 2.0, sections 4.13 (Verifiable Presentations) and 7.1; Securing Verifiable Credentials using JOSE and
 * COSE 1.0, section 3.1.2, for one that is a token; VC API, section "Verify Presentation".
 */
export async function verifyPresentation(
  ctx: Context,
  document: Json,
  options: VerifyOptions,
): Promise<PresentationFindings> {
  if (!isPresentationEnvelope(document)) return verifyBare(ctx, { credential: document }, options)
  const faults = presentationFaults(document)
  if (faults.length > 0) return { checks: ofModel(faults), issuers: [] }
  const inside = presentationInEnvelope(document)
  const isToken = inside && !isPresentationEnvelope(inside.credential)
  if (!isToken) return { checks: [{ check: 'proof', ...failed('proof-unsupported') }], issuers: [] }
  return verifyBare(ctx, inside, options)
}

/** @param candidate a presentation, out of its envelope */
async function verifyBare(
  ctx: Context,
  candidate: Candidate,
  options: VerifyOptions,
): Promise<PresentationFindings> {
  const { verifiableCredential } = candidate.credential
  const checks = await checkPresentation(ctx, candidate, options)
  const issuers: PlacedIssuer[] = []
  for (const [position, credential] of listOf(verifiableCredential).entries()) {
    if (checks.some(({ outcome }) => outcome === 'failed')) break
    // What is asked of the presentation is not asked of each credential in it.
    const { challenge: _c, domain: _d, expectedProofPurpose: _p, ...rest } = options
    const ofOne = await verifyCredential(ctx, credential as Json, rest)
    const isList = Array.isArray(verifiableCredential)
    const at = isList ? `/verifiableCredential/${position}` : '/verifiableCredential'
    checks.push(...ofOne.map((one) => ({ ...one, path: `${at}${one.path ?? ''}` })))
    const issuer = await issuerOf(ctx, credential as Json, ofOne)
    if (issuer) issuers.push({ path: at, ...issuer })
  }
  return { checks, issuers }
}

/** All but the credentials in it. */
async function checkPresentation(
  ctx: Context,
  candidate: Candidate,
  options: VerifyOptions,
): Promise<Check[]> {
  const { credential: presentation } = candidate
  const isTooMuch =
    isTooComplex(presentation, LIMITS) ||
    listOf(presentation.verifiableCredential).length > MAX_CREDENTIALS ||
    listOf(presentation.proof).length > MAX_PROOFS
  if (isTooMuch) return [{ check: 'parse', ...failed('too-complex') }]
  const faults = presentationFaults(presentation)
  if (faults.length > 0) return ofModel(faults)
  const terms = await checkTerms(candidate)
  const checks: Check[] = [
    { check: 'model', ...passed('model-ok') },
    { check: 'terms', ...terms },
  ]
  if (terms.outcome === 'failed') return checks
  return [...checks, { check: 'proof', ...(await checkHolder(ctx, candidate, options)) }]
}

async function checkHolder(
  ctx: Context,
  candidate: Candidate,
  { challenge, domain, expectedProofPurpose: purpose = 'authentication' }: VerifyOptions,
): Promise<Finding> {
  if (!isPurpose(purpose)) return failed('proof-purpose')
  const { holder } = candidate.credential
  // VCDM 1.1, section 6.3.1: in a token the holder may be named by `iss` alone.
  const named = (isObject(holder) ? holder.id : holder) ?? candidate.jwt?.claims.iss
  const finding = await checkSecured(ctx, candidate, {
    purpose,
    ...(typeof named === 'string' ? { controller: named } : {}),
    ...(challenge === undefined ? {} : { challenge }),
    ...(domain === undefined ? {} : { domain }),
  })
  if (typeof named !== 'string' && finding.outcome === 'passed') return warning('holder-unnamed')
  return { ...finding, code: OF_HOLDER[finding.code] ?? finding.code }
}

/** What is said of the issuer of a credential is said of the holder of a presentation in other words. */
const OF_HOLDER: Partial<Record<Finding['code'], Finding['code']>> = {
  'proof-issuer-mismatch': 'holder-mismatch',
  'proof-key-unknown': 'holder-key-unknown',
  'proof-key-unconfirmed': 'holder-key-unconfirmed',
  'proof-issuer-not-resolved': 'holder-not-resolved',
  'proof-issuer-not-looked-up': 'holder-not-looked-up',
  'proof-claims': 'holder-claims',
}
