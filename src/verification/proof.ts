import type { JWK } from 'jose'
import type { Context } from '../context.ts'
import { parseDateTime } from '../fields.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { verificationMethodOf } from '../keys/active-key.ts'
import { findPublishedKey } from '../keys/queries.ts'
import type { Json, Proof } from '../vc/credential.ts'
import type { DidDocument, VerificationMethod } from '../vc/did.ts'
import { verifyJwt } from '../vc/jwt.ts'
import { toEpoch } from '../vc/time.ts'
import { verifyProof } from '../vc/verify-proof.ts'
import {
  type Candidate,
  type CheckStep,
  type Finding,
  failed,
  isObject,
  issuerIdOf,
  listOf,
  passed,
  skipped,
} from './check.ts'
import { resolveIssuer } from './issuer.ts'

/** Is the signature by a key of the issuer, over all that the credential says? */
export const checkProof: CheckStep = async (ctx, candidate) => {
  const issuerId = issuerIdOf(candidate.credential)
  if (issuerId === undefined) return failed('proof-key-unknown')
  return candidate.jwt
    ? checkToken(ctx, candidate, issuerId)
    : checkEmbedded(ctx, candidate.credential, issuerId)
}

/** Every embedded proof of a kind that we know must hold (Data Integrity 1.0, section 4.4: proof sets). */
async function checkEmbedded(ctx: Context, credential: Json, issuerId: string): Promise<Finding> {
  const proofs = listOf(credential.proof).filter(isObject)
  if (proofs.length === 0) return failed('proof-missing')
  if (proofs.some((proof) => proof.proofPurpose !== 'assertionMethod')) return failed('proof-purpose')
  const known = proofs.filter(isSupported)
  if (known.length === 0) return skipped('proof-unsupported')
  const document = await resolveIssuer(ctx, issuerId)
  if (!document) return skipped('proof-issuer-not-resolved')
  for (const proof of known) {
    // Data Integrity 1.0, section 2.1: a proof says itself until when it holds.
    const expires = typeof proof.expires === 'string' ? parseDateTime(proof.expires) : undefined
    if (proof.expires !== undefined && !(expires && expires > ctx.clock())) return failed('proof-expired')
    const finding = await checkOne(credential, proof, document)
    if (finding.outcome !== 'passed') return finding
  }
  return passed('proof-ok')
}

function isSupported(proof: Json): proof is Proof {
  const { type, cryptosuite, verificationMethod, proofValue } = proof
  if (typeof verificationMethod !== 'string' || typeof proofValue !== 'string') return false
  return (
    type === 'Ed25519Signature2020' || (type === 'DataIntegrityProof' && cryptosuite === 'eddsa-rdfc-2022')
  )
}

async function checkOne(credential: Json, proof: Proof, document: DidDocument): Promise<Finding> {
  if (proof.verificationMethod.split('#')[0] !== document.id) return failed('proof-issuer-mismatch')
  const method = findMethod(document, proof.verificationMethod)
  if (!method?.publicKeyMultibase) return failed('proof-key-unknown')
  try {
    return (await verifyProof(credential, proof, method.publicKeyMultibase))
      ? passed('proof-ok')
      : failed('proof-invalid')
  } catch {
    return failed('proof-invalid')
  }
}

/** The method, if the issuer lists it for assertions (Controlled Identifiers 1.0, section 2.3.2). */
function findMethod(document: DidDocument, id: string): VerificationMethod | undefined {
  // A stranger's document can have any shape.
  const forAssertions = listOf(document.assertionMethod)
  if (!forAssertions.some((m) => (isObject(m) ? m.id : m) === id)) return undefined
  const methods = [...listOf(document.verificationMethod), ...forAssertions].filter(isObject)
  const method = methods.find((m) => m.id === id)
  return method?.controller === document.id ? (method as unknown as VerificationMethod) : undefined
}

/** OB 3.0, section 8.2.4: the key, the signature, then the claims that mirror the credential. */
async function checkToken(ctx: Context, { credential, jwt }: Candidate, issuerId: string): Promise<Finding> {
  const { alg, kid } = jwt!.header
  if (alg !== 'ES256' && alg !== 'RS256') return failed('proof-unsupported')
  if (typeof kid !== 'string') return skipped('proof-issuer-not-resolved')
  const key = await findJwk(ctx, kid, issuerId)
  if (!isObject(key))
    return key === 'unknown' ? failed('proof-key-unknown') : skipped('proof-issuer-not-resolved')
  if (!(await verifyJwt(jwt!.text, key as JWK))) return failed('proof-invalid')
  const claim = mismatchedClaim(credential, jwt!.claims, issuerId)
  return claim === undefined ? passed('proof-ok') : failed('proof-claims', { claim })
}

async function findJwk(ctx: Context, kid: string, issuerId: string): Promise<JWK | 'unknown' | 'unresolved'> {
  const multibase = kid.split('/keys/')[1]
  if (multibase !== undefined && kid === `${ctx.config.publicUrl}/keys/${multibase}`) {
    return findOwnJwk(ctx, kid, multibase, issuerId)
  }
  if (kid.split('#')[0] !== issuerId) return 'unknown'
  const document = await resolveIssuer(ctx, issuerId)
  if (!document) return 'unresolved'
  return (findMethod(document, kid)?.publicKeyJwk as JWK | undefined) ?? 'unknown'
}

async function findOwnJwk(
  ctx: Context,
  kid: string,
  multibase: string,
  issuerId: string,
): Promise<JWK | 'unknown'> {
  const key = await findPublishedKey(ctx.db, multibase)
  if (!key?.issuerId) return 'unknown'
  const issuer = await getIssuerById(ctx.db, key.issuerId)
  const isItsKey =
    issuer.did === issuerId && verificationMethodOf(ctx.config.publicUrl, issuer.did, multibase) === kid
  return isItsKey ? key.publicJwk : 'unknown'
}

function mismatchedClaim(credential: Json, claims: Json, issuerId: string): string | undefined {
  const {
    credentialSubject: subject,
    validFrom = credential.issuanceDate,
    validUntil = credential.expirationDate,
  } = credential
  const epochOf = (date: unknown) => (typeof date === 'string' ? toEpoch(new Date(date)) : undefined)
  const expected: Record<string, unknown> = {
    iss: issuerId,
    jti: credential.id,
    sub: isObject(subject) ? subject.id : undefined,
    nbf: epochOf(validFrom),
    exp: epochOf(validUntil),
  }
  return Object.keys(expected).find((name) => expected[name] !== claims[name])
}
