import { CREDENTIALS_V2 } from '../vc/contexts.ts'
import type { Json } from '../vc/credential.ts'
import { isEnveloped } from '../vc/model/envelopes.ts'
import type { Candidate } from '../verification/check.ts'
import { readToken } from '../verification/read-token.ts'

const CREDENTIAL = 'EnvelopedVerifiableCredential'
const PRESENTATION = 'EnvelopedVerifiablePresentation'

/**
 * Reads the credential in an envelope: the token in the `data:` URL that is its id.
 * Source: VCDM 2.0, section 4.13 (Enveloped Verifiable Credentials); Securing Verifiable Credentials using JOSE and
 * COSE 1.0, section 3.1.1.
 * @returns undefined where the URL holds no such token
 */
export function credentialInEnvelope(envelope: Json): Candidate | undefined {
  return tokenIn(envelope, 'vc')
}

/**
 * Reads the presentation in an envelope. In one of VCDM 1.1 credentials may be bare tokens: they are given the
 * envelopes that VCDM 2.0 has for them.
 * Source: VCDM 2.0, section 4.13 (Enveloped Verifiable Presentations); Securing Verifiable Credentials using JOSE and
 * COSE 1.0, section 3.1.2; VCDM 1.1, section 6.3.1.
 * @returns undefined where the URL holds no such token
 */
export function presentationInEnvelope(envelope: Json): Candidate | undefined {
  const read = tokenIn(envelope, 'vp')
  if (!read) return undefined
  const { verifiableCredential, ...rest } = read.credential
  if (verifiableCredential === undefined) return read
  const enveloped = Array.isArray(verifiableCredential)
    ? verifiableCredential.map(inEnvelope)
    : inEnvelope(verifiableCredential)
  return { ...read, credential: { ...rest, verifiableCredential: enveloped } }
}

/** Does it say to be an enveloped credential? */
export function isCredentialEnvelope(document: unknown): boolean {
  return isEnveloped(document, CREDENTIAL)
}

/** Does it say to be an enveloped presentation? */
export function isPresentationEnvelope(document: unknown): boolean {
  return isEnveloped(document, PRESENTATION)
}

// RFC 2397, section 2; names of media types and of their parameters know no case. Drafts had other names.
const DATA_URL = /^data:application\/(?:(v[cp])(?:\+ld|-ld)?\+jwt|jwt)((?:;[^,;]*)*),([\w.-]+)$/i

function tokenIn({ id }: Json, kind: 'vc' | 'vp'): Candidate | undefined {
  const [, named, parameters = '', token] = DATA_URL.exec(String(id)) ?? []
  const isOther = named !== undefined && named.toLowerCase() !== kind
  if (token === undefined || isOther || /;base64(;|$)/i.test(parameters)) return undefined
  const read = readToken(token, kind)
  if (!read?.jwt || named === undefined || read.jwt.header.typ !== undefined) return read
  // What the token does not say of itself, the envelope does.
  const header = { ...read.jwt.header, typ: `${kind}+jwt` }
  return { ...read, jwt: { ...read.jwt, header } }
}

function inEnvelope(credential: unknown): unknown {
  if (typeof credential !== 'string') return credential
  return { '@context': CREDENTIALS_V2, id: `data:application/jwt,${credential}`, type: CREDENTIAL }
}
