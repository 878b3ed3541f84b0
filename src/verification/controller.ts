import type { JWK } from 'jose'
import type { Context } from '../context.ts'
import { didDocumentOf } from '../issuers/did-document.ts'
import { findIssuerByDid } from '../issuers/queries.ts'
import { listPublishedKeys } from '../keys/queries.ts'
import type { Json } from '../vc/credential.ts'
import { type DidDocument, didJwkDocument, didKeyDocument, didWebUrl } from '../vc/did.ts'
import { jwkFromMultibase } from '../vc/holder-key.ts'
import { isObject, listOf } from '../vc/members.ts'
import { fetchJson } from './fetch-foreign.ts'

/** What a key is for. */
export type Purpose = 'assertionMethod' | 'authentication'

const DOCUMENT = {
  accept: 'application/did+json, application/did+ld+json, application/json, application/ld+json;q=0.9',
  maxBytes: 64 * 1024,
}

/**
 * The document that lists the keys of a DID or of an https URL: our own issuers' from the database, did:key and
 * did:jwk from themselves, did:web and https behind the guard.
 * @returns undefined when it cannot be had, or is about somebody else
 */
export async function resolveController(ctx: Context, id: string): Promise<DidDocument | undefined> {
  if (!id.startsWith('did:')) {
    const document = await fetchMethods(ctx, id)
    return document && document.id === id && namesMethods(document) ? (document as DidDocument) : undefined
  }
  const own = await findIssuerByDid(ctx.db, id)
  if (own) return didDocumentOf(own, ctx.config.publicUrl, await listPublishedKeys(ctx.db, own.id))
  const contained = didKeyDocument(id) ?? didJwkDocument(id)
  const url = contained ? undefined : didWebUrl(id)
  if (!url) return contained
  const document = await fetchJson(ctx, url, DOCUMENT)
  // did:web method specification, section 3.2: the document is about this very DID.
  return document?.id === id ? (document as DidDocument) : undefined
}

/** What is published at the address of a controller, of one verification method or of a JWK. */
export function fetchMethods(ctx: Context, url: string): Promise<Json | undefined> {
  return fetchJson(ctx, url, DOCUMENT)
}

/** Is it a controller document, and no Profile or other page? */
export function namesMethods(document: Json): boolean {
  return document.verificationMethod !== undefined || document.assertionMethod !== undefined
}

/**
 * The method, if the document lists it for the purpose and it is the controller's own.
 * Source: Controlled Identifiers 1.0, section 3.3 (Retrieve Verification Method).
 */
export function findMethod(document: DidDocument, id: string, purpose: Purpose): Json | undefined {
  if (!listsMethod(document, id, purpose)) return undefined
  const methods = [...listOf(document.verificationMethod), ...listOf(document[purpose])].filter(isObject)
  const method = methods.find((one) => one.id === id)
  return method?.controller === document.id ? method : undefined
}

/** Is the method listed for the purpose, here in full or by its address? A stranger's document can have any shape. */
export function listsMethod(document: DidDocument, id: string, purpose: Purpose): boolean {
  return listOf(document[purpose]).some((one) => (isObject(one) ? one.id : one) === id)
}

/** The address of a method: did:key and did:jwk have one key each, which the DID alone names too. */
export function fullMethodId(id: string): string {
  if (id.startsWith('did:key:') && !id.includes('#')) return `${id}#${id.slice('did:key:'.length)}`
  return id.startsWith('did:jwk:') && !id.includes('#') ? `${id}#0` : id
}

/** The public key of a verification method, whatever its type: a Multikey or a JWK. */
export function jwkOf({ publicKeyMultibase, publicKeyJwk }: Json): JWK | undefined {
  if (typeof publicKeyMultibase === 'string') return jwkFromMultibase(publicKeyMultibase)
  return isObject(publicKeyJwk) ? publicJwk(publicKeyJwk) : undefined
}

/** The members that are the key; a key that tells its secret is none (RFC 7517, section 4). */
export function publicJwk({ kty, crv, x, y, n, e, d, k }: Json): JWK | undefined {
  const isPublic = typeof kty === 'string' && d === undefined && k === undefined
  const members = { kty, crv, x, y, n, e }
  const areTexts = Object.values(members).every((one) => one === undefined || typeof one === 'string')
  if (!isPublic || !areTexts) return undefined
  return Object.fromEntries(Object.entries(members).filter(([, one]) => one !== undefined)) as unknown as JWK
}
