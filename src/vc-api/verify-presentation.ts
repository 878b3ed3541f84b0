import type { Context } from '../context.ts'
import { termFault } from '../vc/as-written.ts'
import { isTooComplex } from '../vc/complexity.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { presentationFaults } from '../vc/model/presentation.ts'
import { type Candidate, type Finding, failed, passed, warning } from '../verification/check.ts'
import { checkSecured } from '../verification/proof.ts'
import { isCredentialEnvelope, isPresentationEnvelope, presentationInEnvelope } from './envelopes.ts'
import type { VerifyOptions } from './schema.ts'
import { type Check, isPurpose, ofModel, verifyCredential } from './verify-credential.ts'

const LIMITS = { values: 5000, contexts: 80 }
const MAX_CREDENTIALS = 20

/**
 * Verifies a presentation: that its holder made it for this challenge and this domain, and every credential in it.
 * Source: VCDM 2.0, sections 4.13 (Verifiable Presentations) and 7.1; Securing Verifiable Credentials using JOSE and
 * COSE 1.0, section 3.1.2, for one that is a token; VC API, section "Verify Presentation".
 */
export async function verifyPresentation(
  ctx: Context,
  document: Json,
  options: VerifyOptions,
): Promise<Check[]> {
  if (!isPresentationEnvelope(document)) return verifyBare(ctx, { credential: document }, options)
  const faults = presentationFaults(document)
  if (faults.length > 0) return ofModel(faults)
  const inside = presentationInEnvelope(document)
  if (!inside || isPresentationEnvelope(inside.credential))
    return [{ check: 'proof', ...failed('proof-unsupported') }]
  return verifyBare(ctx, inside, options)
}

/** @param candidate a presentation, out of its envelope */
async function verifyBare(ctx: Context, candidate: Candidate, options: VerifyOptions): Promise<Check[]> {
  const { credential: presentation } = candidate
  const credentials = listOf(presentation.verifiableCredential)
  if (
    isTooComplex(presentation, LIMITS) ||
    credentials.length > MAX_CREDENTIALS ||
    listOf(presentation.proof).length > 4
  ) {
    return [{ check: 'parse', ...failed('too-complex') }]
  }
  const faults = presentationFaults(presentation)
  if (faults.length > 0) return ofModel(faults)
  const checks: Check[] = [
    { check: 'model', ...passed('model-ok') },
    { check: 'terms', ...(await checkTerms(candidate)) },
  ]
  if (checks.every(({ outcome }) => outcome !== 'failed'))
    checks.push({ check: 'proof', ...(await checkHolder(ctx, candidate, options)) })
  for (const [position, credential] of credentials.entries()) {
    if (checks.some(({ outcome }) => outcome === 'failed')) return checks
    // What is asked of the presentation is not asked of each credential in it.
    const { challenge: _c, domain: _d, expectedProofPurpose: _p, ...rest } = options
    const ofOne = await verifyCredential(ctx, credential as Json, rest)
    const isList = Array.isArray(presentation.verifiableCredential)
    const at = isList ? `/verifiableCredential/${position}` : '/verifiableCredential'
    checks.push(...ofOne.map((one) => ({ ...one, path: `${at}${one.path ?? ''}` })))
  }
  return checks
}

async function checkTerms({ credential: presentation, jwt }: Candidate): Promise<Finding> {
  // What is in an envelope has its own contexts, and is looked at when it has been taken out.
  const bare = listOf(presentation.verifiableCredential).filter((one) => !isCredentialEnvelope(one))
  const fault = await termFault(jwt ? { ...presentation, verifiableCredential: bare } : presentation)
  if (!fault) return passed('terms-ok')
  const params = { url: fault.what ?? '' }
  if (fault.code === 'context-unknown') return (jwt ? warning : failed)('terms-context-unknown', params)
  return failed(fault.code === 'not-as-written' ? 'terms-not-plain' : 'terms-undefined', params)
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
  return checkSecured(ctx, candidate, {
    purpose,
    ...(typeof named === 'string' ? { controller: named } : {}),
    ...(challenge === undefined ? {} : { challenge }),
    ...(domain === undefined ? {} : { domain }),
  })
}
