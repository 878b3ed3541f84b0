import { OAuthError } from '../../errors.ts'
import type { Json } from '../../vc/credential.ts'
import { verifyPresentation } from '../../vc/verify-presentation.ts'
import type { Configuration, ProofType } from './configurations.ts'
import { nonceOfJwt, type ProofContext, verifyJwtProof } from './jwt-proof.ts'
import type { CredentialRequest } from './schema.ts'

/** What a wallet sent to prove that it holds a key. */
export interface KeyProof {
  readonly type: ProofType
  /** A JWT or a presentation; nothing of it is known to hold. */
  readonly value: unknown
}

/** The names of the ways to prove a key; drafts called a presentation `ldp_vp`. */
const PROOF_TYPES: Readonly<Record<string, ProofType>> = { jwt: 'jwt', di_vp: 'di_vp', ldp_vp: 'di_vp' }

/**
 * The one proof of a request, under `proofs` (OpenID4VCI 1.0, section 8.2) or `proof` (draft 13, section 7.2).
 * @returns undefined where there is none
 * @throws OAuthError invalid_proof when it is of a kind that the configuration does not take, or there are several
 */
export function keyProofOf(
  { proof, proofs }: CredentialRequest,
  configuration: Configuration,
): KeyProof | undefined {
  const [sent, ...others] = proof === undefined ? listProofs(proofs ?? {}) : [draftProof(proof)]
  if (!sent) return undefined
  if (others.length > 0) throw badProof('there must be one proof: one credential is issued at a time')
  const type = Object.hasOwn(PROOF_TYPES, sent.name) ? PROOF_TYPES[sent.name]! : undefined
  if (!type || !configuration.proofTypes[type]) {
    throw badProof(`its type must be one of ${Object.keys(configuration.proofTypes).join(', ')}`)
  }
  return { type, value: sent.value }
}

/** The nonce that a proof was made for, which nobody has verified yet. */
export function nonceOf({ type, value }: KeyProof): string | undefined {
  const nonce = type === 'jwt' ? nonceOfJwt(value) : (value as PresentationLike | undefined)?.proof?.challenge
  return typeof nonce === 'string' ? nonce : undefined
}

type PresentationLike = { proof?: { challenge?: unknown } } | null

/**
 * @param nonce of the proof
 * @returns the DID of the wallet: the one that controls the key that signed
 * @throws OAuthError invalid_proof
 */
export async function verifyKeyProof(
  { type, value }: KeyProof,
  nonce: string,
  context: ProofContext,
): Promise<string> {
  const { audience, now, hash } = context
  const verdict =
    type === 'jwt'
      ? await verifyJwtProof(value, context)
      : await verifyPresentation(value, {
          challenge: nonce,
          domain: [audience, `${audience}/`],
          requireDomain: true,
          now,
          hash,
        })
  if ('fault' in verdict) throw badProof(verdict.fault)
  return verdict.did
}

export function badProof(reason: string): OAuthError {
  return new OAuthError('invalid_proof', `The proof of the key was not accepted: ${reason}`)
}

interface SentProof {
  readonly name: string
  readonly value: unknown
}

function listProofs(proofs: Json): SentProof[] {
  const sent = Object.entries(proofs).map(([name, values]) => ({ name, values }))
  if (sent.length > 1) throw badProof('there must be one kind of proof')
  return sent.flatMap(({ name, values }) => {
    if (!Array.isArray(values) || values.length === 0)
      throw badProof(`${nameOf(name)} must be a list of proofs`)
    return values.map((value) => ({ name, value }))
  })
}

function draftProof(proof: Json): SentProof {
  const { proof_type: name } = proof
  if (typeof name !== 'string' || !Object.hasOwn(proof, name)) {
    throw badProof('proof_type must name the member that holds the proof')
  }
  return { name, value: proof[name] }
}

/** What was sent is told back only as far as it is a name. */
function nameOf(text: string): string {
  return /^\w{1,30}$/.test(text) ? text : 'proofs'
}
