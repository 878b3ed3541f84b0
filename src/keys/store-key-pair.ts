import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import type { NewKeyPair } from '../vc/keys.ts'
import { insertSigningKey } from './queries.ts'

/**
 * Stores a new active key pair, its private part sealed.
 * @param issuerId null for a key of the service itself
 * @returns false when there is an active key of this kind already
 */
export async function storeKeyPair(
  ctx: Context,
  issuerId: string | null,
  pair: NewKeyPair,
): Promise<boolean> {
  return insertSigningKey(ctx.db, {
    id: randomUUID(),
    issuerId,
    algorithm: pair.algorithm,
    publicKeyMultibase: pair.publicKeyMultibase,
    publicJwk: pair.publicJwk,
    sealedPrivateJwk: await ctx.sealer.seal(JSON.stringify(pair.privateJwk)),
    status: 'active',
    createdAt: ctx.clock(),
  })
}
