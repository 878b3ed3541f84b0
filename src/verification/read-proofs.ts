import type { Json, Proof } from '../vc/credential.ts'
import { readDateTime, timeOf } from '../vc/date-time.ts'
import { fromBase58 } from '../vc/keys.ts'
import { isObject, listOf } from '../vc/members.ts'
import { suiteOf } from '../vc/verify-proof.ts'
import { type Finding, failed, skipped } from './check.ts'
import type { ExpectedProof } from './proof.ts'

/** A proof of a kind that we know, and those that it comes after. */
export interface KnownProof {
  readonly proof: Proof
  readonly previous: readonly Json[]
}

export interface Proofs {
  readonly known: readonly KnownProof[]
}

/**
 * Reads the proofs of a document, and all about them that costs nothing to check.
 * Source: Data Integrity 1.0, sections 2.1 (Proofs), 2.1.2 (Proof Chains) and 4.4 (Verify Proof).
 * @returns the proofs to verify, or what stands in the way
 */
export function readProofs(value: unknown, expected: ExpectedProof, now: Date): Proofs | Finding {
  const all = listOf(value)
  if (all.length === 0) return failed('proof-missing')
  if (!all.every(isObject)) return failed('proof-malformed', { member: 'proof' })
  const proofs = all as Json[]
  if (proofs.some(({ type }) => typeof type !== 'string'))
    return failed('proof-malformed', { member: 'type' })
  const known = proofs.filter((proof) => suiteOf(proof) !== undefined)
  if (known.length === 0) return skipped('proof-unsupported')
  for (const proof of known) {
    const fault = faultOf(proof, expected, now)
    if (fault) return fault
  }
  const chained = known.map((proof) => ({ proof: proof as Proof, previous: previousOf(proof, proofs) }))
  if (chained.some(({ previous }) => previous === undefined)) return failed('proof-chain-broken')
  return { known: chained as KnownProof[] }
}

function faultOf(proof: Json, expected: ExpectedProof, now: Date): Finding | undefined {
  const member = Object.keys(RULES).find((name) => !RULES[name]!(proof[name], proof))
  if (member) return failed('proof-malformed', { member })
  if (proof.proofPurpose !== expected.purpose) return failed('proof-purpose')
  if (expected.challenge !== undefined && proof.challenge !== expected.challenge)
    return failed('proof-challenge')
  const { domain } = expected
  // The same set of texts (Data Integrity 1.0, section 4.4, step 6).
  const isFor =
    domain === undefined ||
    (listOf(proof.domain).length > 0 && listOf(proof.domain).every((one) => one === domain))
  if (!isFor) return failed('proof-domain')
  const expires = timeOf(proof.expires)
  return expires !== undefined && expires <= now.getTime() ? failed('proof-expired') : undefined
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isAbsent = (value: unknown) => value === undefined
const isUrl = (value: unknown) => isText(value) && URL.canParse(value)
const isTime = (value: unknown) => readDateTime(value)?.zone !== undefined
const isTexts = (value: unknown) => listOf(value).length > 0 && listOf(value).every(isText)

/** Data Integrity 1.0, section 2.1: what each member has to be. */
const RULES: Readonly<Record<string, (value: unknown, proof: Json) => boolean>> = {
  id: (id) => isAbsent(id) || isUrl(id),
  proofPurpose: isText,
  verificationMethod: isUrl,
  created: (created) => isAbsent(created) || isTime(created),
  expires: (expires) => isAbsent(expires) || isTime(expires),
  domain: (domain) => isAbsent(domain) || isTexts(domain),
  // A challenge is for a domain, which not every wallet writes down.
  challenge: (challenge) => isAbsent(challenge) || isText(challenge),
  nonce: (nonce) => isAbsent(nonce) || isText(nonce),
  previousProof: (previous) => isAbsent(previous) || isTexts(previous),
  proofValue: isSignature,
  // Where the text is signed it is a part of it; elsewhere nothing covers what it makes of words.
  '@context': (contexts, { cryptosuite }) =>
    /-jcs-/.test(isText(cryptosuite) ? cryptosuite : '') || listOf(contexts).every(isText),
}

/** 64 bytes in base58-btc: of Ed25519 and of P-256 alike. */
function isSignature(value: unknown): boolean {
  try {
    return typeof value === 'string' && fromBase58(value).length === 64
  } catch {
    return false
  }
}

/** @returns undefined when one of them is not there, or not the only one of its id */
function previousOf({ previousProof }: Json, proofs: readonly Json[]): Json[] | undefined {
  const found = listOf(previousProof).map((id) => proofs.filter((proof) => proof.id === id))
  return found.every((matching) => matching.length === 1) ? found.flat() : undefined
}
