import { termFault } from '../vc/as-written.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { hasOwnTerms } from '../vc/own-terms.ts'
import { type Candidate, type Finding, failed, warning } from '../verification/check.ts'
import { termFinding } from '../verification/term-finding.ts'
import { isCredentialEnvelope } from './envelopes.ts'

/**
 * Does a document say what it seems to say, and does its signature cover what its words mean? Where the text itself is
 * signed, contexts that are not known here change nothing about it.
 * Source: Data Integrity 1.0, section 4.6 (Context Validation); EdDSA Cryptosuites 1.0, section 3.3.2 (Verify Proof,
 * eddsa-jcs-2022): contexts after those of the proof are not signed.
 */
export async function checkTerms({ credential: document, jwt }: Candidate): Promise<Finding> {
  const isText = isJcs(document)
  const added = isText ? contextsAfterProof(document) : []
  if (added.some((one) => typeof one !== 'string')) return failed('terms-not-plain')
  const isTextSecured = jwt !== undefined || (isText && added.length === 0)
  const fault = await termFault(jwt ? withoutEnvelopes(document) : document)
  const finding = termFinding(fault, { mayBeUnknown: isTextSecured })
  // Who reads it by its words alone could be told something else: the words can be given other meanings, and the
  // values with them, under the same proof.
  const { verifiableCredential: _, ...rest } = document
  const mayMislead = finding.outcome === 'passed' && !isTextSecured && hasOwnTerms(rest)
  return mayMislead ? warning('terms-own') : finding
}

const JCS: readonly unknown[] = ['eddsa-jcs-2022', 'ecdsa-jcs-2019']

function isJcs({ proof }: Json): boolean {
  const proofs = listOf(proof)
  return proofs.length > 0 && proofs.every((one) => isObject(one) && JCS.includes(one.cryptosuite))
}

/** The contexts that came after the signature, whichever proof is looked at. */
function contextsAfterProof({ '@context': contexts, proof }: Json): unknown[] {
  const signed = listOf(proof).map((one) => listOf((one as Json)['@context'] ?? contexts).length)
  return listOf(contexts).slice(Math.min(...signed))
}

/** Of a token: what is in an envelope has its own contexts, and is looked at when it has been taken out. */
function withoutEnvelopes(document: Json): Json {
  const { verifiableCredential: credentials } = document
  if (!listOf(credentials).some(isCredentialEnvelope)) return document
  return {
    ...document,
    verifiableCredential: listOf(credentials).filter((one) => !isCredentialEnvelope(one)),
  }
}
