import type { Actor, Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { Conflict } from '../errors.ts'
import { listPublishedKeys, listSigningKeys, retireActiveKeys } from '../keys/queries.ts'
import type { SigningKeyRecord } from '../keys/schema.ts'
import { storeKeyPair } from '../keys/store-key-pair.ts'
import { generateKeyPair } from '../vc/keys.ts'
import { didDocumentOf, MAX_DID_DOCUMENT_BYTES } from './did-document.ts'
import { lockIssuerRow } from './queries.ts'

/**
 * Makes new active keys. The retired ones stay published, so that what they signed still verifies.
 * @throws NotFound, Conflict for a did:key issuer or a DID document that is full
 */
export async function rotateSigningKeys(
  ctx: Context,
  actor: Actor,
  slug: string,
): Promise<{ items: SigningKeyRecord[] }> {
  return inTransaction(ctx.db, async (tx) => {
    const issuer = await lockIssuerRow(tx, actor, slug)
    if (issuer.didMethod === 'key') throw new Conflict('did-key-rotation')
    await retireActiveKeys(tx, issuer.id, ctx.clock())
    await storeKeyPair(inside(ctx, tx), issuer.id, generateKeyPair('Ed25519'))
    await storeKeyPair(inside(ctx, tx), issuer.id, generateKeyPair('P-256'))
    const document = didDocumentOf(issuer, ctx.config.publicUrl, await listPublishedKeys(tx, issuer.id))
    if (Buffer.byteLength(JSON.stringify(document)) > MAX_DID_DOCUMENT_BYTES) {
      throw new Conflict('did-document-full')
    }
    return { items: await listSigningKeys(tx, issuer.id) }
  })
}
