import type { Context } from '../context.ts'
import { findIssuerByDid } from '../issuers/queries.ts'
import type { Params } from '../messages.ts'
import type { ModelCode } from '../model-messages.ts'
import type { Json } from '../vc/credential.ts'
import { modelFaults } from '../vc/model/credential.ts'
import { envelopeFaults } from '../vc/model/envelopes.ts'
import type { ModelFault } from '../vc/model/rule.ts'
import { isTooMuchWork } from '../verification/bounds.ts'
import {
  type Candidate,
  type CheckStep,
  type Finding,
  failed,
  issuerIdOf,
  type Outcome,
  passed,
} from '../verification/check.ts'
import { checkExpiration, checkIssuance } from '../verification/dates.ts'
import type { CheckCode } from '../verification/messages.ts'
import { checkNamedSchemas } from '../verification/named-schemas.ts'
import { checkSecured } from '../verification/proof.ts'
import { checkRelatedResources } from '../verification/related-resources.ts'
import { checkStatus } from '../verification/status.ts'
import { checkTerms } from './check-terms.ts'
import { credentialInEnvelope, isCredentialEnvelope } from './envelopes.ts'
import type { Issuer, VerifyOptions } from './schema.ts'

/** What was found, and of what. */
export interface Check {
  readonly check: string
  readonly outcome: Outcome
  readonly code: CheckCode | ModelCode
  readonly params?: Params
  /** Where in the document: a JSON Pointer. */
  readonly path?: string
}

/** The steps after those on which the others stand. */
const STEPS: readonly [string, CheckStep, isOfProof: boolean][] = [
  ['resources', checkRelatedResources, true],
  ['named-schemas', checkNamedSchemas, false],
  ['status', checkStatus, false],
  ['expiration', checkExpiration, false],
  ['issuance', checkIssuance, false],
]

/**
 * Verifies any credential, whatever it says of whom.
 * Source: VCDM 2.0, section 7.1 (Verification) and appendix A (Validation); VC API, section "Verify Credential".
 * @returns every check; nothing is verified where one has failed or the proof was not checked
 */
export async function verifyCredential(
  ctx: Context,
  document: Json,
  options: VerifyOptions,
): Promise<Check[]> {
  const isWrapped = isCredentialEnvelope(document)
  const faultsAround = isWrapped ? envelopeFaults(document, 'EnvelopedVerifiableCredential') : []
  if (faultsAround.length > 0) return ofModel(faultsAround)
  const candidate = isWrapped ? credentialInEnvelope(document) : { credential: document }
  if (!candidate) return [{ check: 'parse', ...failed('not-a-credential') }]
  const { credential } = candidate
  if (isTooMuchWork(candidate)) return [{ check: 'parse', ...failed('too-complex') }]
  const faults = modelFaults(credential)
  if (faults.length > 0) return ofModel(faults)
  const checks: Check[] = [{ check: 'model', ...passed('model-ok') }]
  checks.push({ check: 'terms', ...(await checkTerms(candidate)) })
  if (checks.some(({ outcome }) => outcome === 'failed')) return checks
  checks.push({ check: 'proof', ...(await checkProofs(ctx, candidate, options)) })
  if (checks.some(({ outcome }) => outcome === 'failed')) return checks
  const wantsProofAlone = options.checks?.length === 1 && options.checks[0] === 'proof'
  for (const [check, step, isOfProof] of STEPS) {
    if (isOfProof || !wantsProofAlone) checks.push({ check, ...(await step(ctx, candidate)) })
  }
  return checks
}

/** Each fault of the model as a check of its own. */
export function ofModel(faults: readonly ModelFault[]): Check[] {
  return faults.map((fault) => ({ check: 'model', outcome: 'failed', ...fault }))
}

/** Has every check passed, or only warned, and was every proof looked at, those of a presentation's credentials too? */
export function isVerified(checks: readonly Check[]): boolean {
  const proofs = checks.filter(({ check }) => check === 'proof')
  const isProven = proofs.length > 0 && proofs.every(({ outcome }) => outcome !== 'skipped')
  return isProven && checks.every(({ outcome }) => outcome !== 'failed')
}

/** Who issued a credential that verifies, as far as that is known: see `issuer.trust` of `/verify`. */
export async function issuerOf(
  ctx: Context,
  document: Json,
  checks: readonly Check[],
): Promise<Issuer | undefined> {
  const credential = isCredentialEnvelope(document) ? credentialInEnvelope(document)?.credential : document
  const id = issuerIdOf(credential ?? {})
  if (id === undefined) return undefined
  if (checks.some(({ code }) => code === 'proof-key-unconfirmed')) return { id, trust: 'unconfirmed' }
  return { id, trust: (await findIssuerByDid(ctx.db, id)) ? 'ours' : 'confirmed' }
}

function checkProofs(
  ctx: Context,
  candidate: Candidate,
  { challenge, domain, expectedProofPurpose: purpose = 'assertionMethod' }: VerifyOptions,
): Promise<Finding> | Finding {
  if (!isPurpose(purpose)) return failed('proof-purpose')
  const controller = issuerIdOf(candidate.credential)
  return checkSecured(ctx, candidate, {
    purpose,
    ...(controller === undefined ? {} : { controller }),
    ...(challenge === undefined ? {} : { challenge }),
    ...(domain === undefined ? {} : { domain }),
  })
}

/** A proof for any other purpose says neither who issued something nor who presents it. */
export function isPurpose(purpose: string): purpose is 'assertionMethod' | 'authentication' {
  return purpose === 'assertionMethod' || purpose === 'authentication'
}
