import type { Context } from '../context.ts'
import { termFault } from '../vc/as-written.ts'
import { isTooComplex } from '../vc/complexity.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { presentationFaults } from '../vc/model/presentation.ts'
import { failed, passed } from '../verification/check.ts'
import { checkEmbeddedProofs } from '../verification/proof.ts'
import type { VerifyOptions } from './schema.ts'
import { type Check, isPurpose, ofModel, verifyCredential } from './verify-credential.ts'

const LIMITS = { values: 5000, contexts: 80 }
const MAX_CREDENTIALS = 20

/**
 * Verifies a presentation: that its holder made it for this challenge and this domain, and every credential in it.
 * Source: VCDM 2.0, sections 4.13 (Verifiable Presentations) and 7.1; VC API, section "Verify Presentation".
 */
export async function verifyPresentation(
  ctx: Context,
  document: Json,
  options: VerifyOptions,
): Promise<Check[]> {
  const credentials = listOf(document.verifiableCredential)
  if (
    isTooComplex(document, LIMITS) ||
    credentials.length > MAX_CREDENTIALS ||
    listOf(document.proof).length > 4
  ) {
    return [{ check: 'parse', ...failed('too-complex') }]
  }
  const faults = presentationFaults(document)
  if (faults.length > 0) return ofModel(faults)
  if (listOf(document.type).includes('EnvelopedVerifiablePresentation')) {
    return [{ check: 'proof', ...failed('proof-unsupported') }]
  }
  const checks: Check[] = [
    { check: 'model', ...passed('model-ok') },
    ...(await checkHolder(ctx, document, options)),
  ]
  for (const [position, credential] of credentials.entries()) {
    if (checks.some(({ outcome }) => outcome === 'failed')) return checks
    // What is asked of the presentation is not asked of each credential in it.
    const { challenge: _c, domain: _d, expectedProofPurpose: _p, ...rest } = options
    const ofOne = await verifyCredential(ctx, credential as Json, rest)
    const isList = Array.isArray(document.verifiableCredential)
    const at = isList ? `/verifiableCredential/${position}` : '/verifiableCredential'
    checks.push(...ofOne.map((one) => ({ ...one, path: `${at}${one.path ?? ''}` })))
  }
  return checks
}

async function checkHolder(ctx: Context, document: Json, options: VerifyOptions): Promise<Check[]> {
  const { challenge, domain, expectedProofPurpose: purpose = 'authentication' } = options
  if (!isPurpose(purpose)) return [{ check: 'proof', ...failed('proof-purpose') }]
  const { holder } = document
  const controller = isObject(holder) ? holder.id : holder
  const fault = await termFault(document)
  if (fault) {
    const isUnknown = fault.code === 'context-unknown'
    const isReworded = fault.code === 'not-as-written'
    const code = isUnknown ? 'terms-context-unknown' : isReworded ? 'terms-not-plain' : 'terms-undefined'
    return [{ check: 'terms', ...failed(code, { url: fault.what ?? '' }) }]
  }
  const proof = await checkEmbeddedProofs(ctx, document, {
    purpose,
    ...(typeof controller === 'string' ? { controller } : {}),
    ...(challenge === undefined ? {} : { challenge }),
    ...(domain === undefined ? {} : { domain }),
  })
  return [
    { check: 'terms', ...passed('terms-ok') },
    { check: 'proof', ...proof },
  ]
}
