import type { Context } from '../context.ts'
import { didDocumentOf } from '../issuers/did-document.ts'
import { findIssuerByDid } from '../issuers/queries.ts'
import { listPublishedKeys } from '../keys/queries.ts'
import { FetchRefused } from '../outgoing/guarded-fetch.ts'
import { type DidDocument, didKeyDocument, didWebUrl } from '../vc/did.ts'
import { type CheckStep, failed, isObject, issuerIdOf, passed, warning } from './check.ts'

/** Is the issuer one of this service? A stranger can be genuine, and the reader must know that it is one. */
export const checkIssuer: CheckStep = async (ctx, { credential }) => {
  const id = issuerIdOf(credential)
  if (id === undefined) return failed('issuer-missing')
  const own = await findIssuerByDid(ctx.db, id)
  return own ? passed('issuer-ours', { name: own.name }) : warning('issuer-foreign')
}

/**
 * The DID document of an issuer: our own from the database, did:key from itself, did:web over the guarded
 * fetch where the operator allows it.
 * @returns undefined when it cannot be had
 */
export async function resolveIssuer(ctx: Context, did: string): Promise<DidDocument | undefined> {
  const own = await findIssuerByDid(ctx.db, did)
  if (own) return didDocumentOf(own, ctx.config.publicUrl, await listPublishedKeys(ctx.db, own.id))
  return didKeyDocument(did) ?? fetchDidWeb(ctx, did)
}

async function fetchDidWeb(ctx: Context, did: string): Promise<DidDocument | undefined> {
  const url = didWebUrl(did)
  if (!url || !ctx.fetchDocument) return undefined
  try {
    const document = await ctx.fetchDocument(url)
    // did:web method specification, section 3.2: the document is about this very DID.
    return isObject(document) && document.id === did ? (document as unknown as DidDocument) : undefined
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error
    ctx.log.info({ url, why: error.message }, 'a DID document could not be fetched')
    return undefined
  }
}
