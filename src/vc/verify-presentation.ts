import { verify } from 'node:crypto'
import { parseDateTime } from '../fields.ts'
import {
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  DATA_INTEGRITY_V1,
  DATA_INTEGRITY_V2,
  ED25519_2020,
} from './contexts.ts'
import type { Json } from './credential.ts'
import type { DataHasher } from './engine/data-hasher.ts'
import { type HolderJwk, publicKeyOf, resolveHolderKey } from './holder-key.ts'
import { fromBase58 } from './keys.ts'
import { isObject } from './members.ts'
import { dataToSign } from './verify-proof.ts'

/** What a presentation has to answer. */
interface Expected {
  readonly challenge: string
  /** The names of ourselves that a proof may be made for; undefined: any. */
  readonly domain?: string | readonly string[]
  /** Whether the proof must say for whom it is. */
  readonly requireDomain: boolean
  readonly now: Date
  /** Hashes what is signed; the direct way where absent. */
  readonly hash?: DataHasher
}

/** Why a presentation is not accepted. */
export type PresentationFault =
  | 'shape'
  | 'contexts'
  | 'suite'
  | 'purpose'
  | 'challenge'
  | 'domain'
  | 'expired'
  | 'key'
  | 'holder'
  | 'terms'
  | 'signature'

/** A presentation as holders make them to say who they are: texts alone, nothing nested but holder and proof. */
interface Presentation {
  readonly document: Json & { '@context': string[] }
  readonly proof: Record<string, string | string[]>
}

const MEMBERS = ['@context', 'id', 'type', 'holder', 'verifiableCredential', 'proof']
const BASE_CONTEXTS = [CREDENTIALS_V1, CREDENTIALS_V2]
const MAX_CONTEXTS = 5
const MAX_LIST = 10
const MAX_MEMBERS = 20
const MAX_TEXT = 2048

/**
 * Who is it that answers the challenge? Accepts the proofs Ed25519Signature2020, eddsa-rdfc-2022 and ecdsa-rdfc-2019
 * (P-256) of holders with a did:key or did:jwk. The DID is the one that controls the key that signed, never one
 * that is merely claimed. Takes anything, asks nobody, and is done within a few milliseconds whatever it is given.
 * Source: Data Integrity 1.0, section 4.4 (Verify Proof); VCDM 2.0, section 4.13 (Verifiable Presentations).
 */
export async function verifyPresentation(
  presentation: unknown,
  expected: Expected,
): Promise<{ did: string } | { fault: PresentationFault }> {
  const read = readPresentation(presentation)
  if (!read) return { fault: 'shape' }
  const fault = faultOf(read.proof, expected)
  if (fault) return { fault }
  const complete = withSuiteContext(read, SUITE_CONTEXTS[String(read.proof.type)]!)
  if (!complete) return { fault: 'contexts' }
  const { document, proof } = complete
  const key = typeof proof.verificationMethod === 'string' && resolveHolderKey(proof.verificationMethod)
  if (!key) return { fault: 'key' }
  if (!isBy(document.holder, key.did)) return { fault: 'holder' }
  const hash = expected.hash ?? dataToSign
  const data = await hash(document, proof).catch(() => undefined)
  if (!data) return { fault: 'terms' }
  return isSignedBy(key.jwk, proof, data) ? { did: key.did } : { fault: 'signature' }
}

/** Only what a flat presentation holds is let through to where each value costs time. */
function readPresentation(value: unknown): Presentation | undefined {
  if (!isObject(value)) return undefined
  const { '@context': contexts, proof: proofs, holder, verifiableCredential, ...rest } = value
  const [proof, ...others] = Array.isArray(proofs) ? proofs : [proofs]
  if (others.length > 0 || !isFlat(proof) || !isFlat(rest)) return undefined
  if (Object.keys(value).some((name) => !MEMBERS.includes(name))) return undefined
  if (holder !== undefined && !isText(holder) && !isFlat(holder)) return undefined
  if (!isText(contexts) && !isTextList(contexts)) return undefined
  if (!listOf(rest.type).includes('VerifiablePresentation')) return undefined
  if (verifiableCredential !== undefined && !isEmptyList(verifiableCredential)) return undefined
  const document = { ...rest, ...(holder === undefined ? {} : { holder }), '@context': listOf(contexts) }
  return { document, proof }
}

/** The contexts that define each type of proof, the last of them where a presentation names none. */
const SUITE_CONTEXTS: Record<string, readonly string[]> = {
  Ed25519Signature2020: [ED25519_2020],
  DataIntegrityProof: [CREDENTIALS_V2, DATA_INTEGRITY_V1, DATA_INTEGRITY_V2],
}

/**
 * With the context that defines the proof: some wallets leave it out, some write it into the proof.
 * @returns undefined when the base context is not the first (VCDM 2.0, section 4.3), or the proof has a vocabulary
 * of its own
 */
function withSuiteContext(
  { document, proof }: Presentation,
  suite: readonly string[],
): Presentation | undefined {
  const contexts = document['@context']
  const { '@context': own = [], ...rest } = proof
  if (contexts.length > MAX_CONTEXTS || !BASE_CONTEXTS.includes(contexts[0]!)) return undefined
  if (!listOf(own).every((url) => suite.includes(url))) return undefined
  const isDefined = contexts.some((url) => suite.includes(url))
  const all = isDefined ? contexts : [...contexts, suite.at(-1)!]
  return { document: { ...document, '@context': all }, proof: rest }
}

function faultOf(proof: Json, expected: Expected): PresentationFault | undefined {
  const { proofPurpose, challenge, domain, expires } = proof
  if (algorithmOf(proof) === undefined) return 'suite'
  if (proofPurpose !== 'authentication') return 'purpose'
  if (challenge !== expected.challenge) return 'challenge'
  if (domain === undefined ? expected.requireDomain : !isFor(domain, expected.domain)) return 'domain'
  if (expires === undefined) return undefined
  const end = typeof expires === 'string' ? parseDateTime(expires) : undefined
  return end && end > expected.now ? undefined : 'expired'
}

function isFor(domain: unknown, accepted: string | readonly string[] | undefined): boolean {
  if (accepted === undefined) return true
  const named = listOf(domain)
  return named.length > 0 && named.every((name) => [accepted].flat().includes(name))
}

/** `holder` says nothing that the key did not, so it must not say anything else (VCDM 2.0, section 4.13). */
function isBy(holder: unknown, did: string): boolean {
  return holder === undefined || (isObject(holder) ? holder.id : holder) === did
}

type Algorithm = 'Ed25519' | 'P-256'

function algorithmOf({ type, cryptosuite }: Json): Algorithm | undefined {
  if (type === 'Ed25519Signature2020') return 'Ed25519'
  if (type !== 'DataIntegrityProof') return undefined
  if (cryptosuite === 'eddsa-rdfc-2022') return 'Ed25519'
  return cryptosuite === 'ecdsa-rdfc-2019' ? 'P-256' : undefined
}

/**
 * Ed25519 signs the two hashes as they are; ECDSA signs their SHA-256, as r and s of 32 bytes each.
 * Source: Data Integrity ECDSA Cryptosuites 1.0, section 3.2.6 (Proof Serialization).
 */
function isSignedBy(jwk: HolderJwk, proof: Json, data: Buffer): boolean {
  if (jwk.crv !== algorithmOf(proof) || typeof proof.proofValue !== 'string') return false
  try {
    const signature = fromBase58(proof.proofValue)
    const key = publicKeyOf(jwk)
    return jwk.crv === 'Ed25519'
      ? verify(null, data, key, signature)
      : verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT
const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= MAX_LIST && value.every(isText)
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value as string])

/** An object of texts and short lists of texts, whose names are no keywords of JSON-LD but `@context`. */
function isFlat(value: unknown): value is Record<string, string | string[]> {
  if (!isObject(value)) return false
  const members = Object.entries(value)
  return (
    members.length <= MAX_MEMBERS &&
    members.every(
      ([name, member]) => /^[a-z]\w*$|^@context$/i.test(name) && (isText(member) || isTextList(member)),
    )
  )
}
