import { createHash, timingSafeEqual } from 'node:crypto'
import type { Actor, Context } from '../context.ts'
import { findKeyByHash, touchKey } from './queries.ts'

/** Last use is recorded to the minute, so that a busy key does not write at every request. */
const TOUCH_AFTER_MS = 60_000

/** Who holds this bearer key? undefined when it is unknown, expired or revoked. */
export async function authenticate(ctx: Context, key: string): Promise<Actor | undefined> {
  const hash = hashKey(key)
  if (timingSafeEqual(hash, ctx.operatorKeyHash)) return { kind: 'operator' }
  if (!key.startsWith('ecu_')) return undefined
  const found = await findKeyByHash(ctx.db, hash.toString('hex'))
  const now = ctx.clock()
  if (!found || found.revokedAt || (found.expiresAt && found.expiresAt <= now)) return undefined
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > TOUCH_AFTER_MS) {
    await touchKey(ctx.db, found.id, now)
  }
  return {
    kind: 'api-key',
    keyId: found.id,
    issuerId: found.issuerId,
    scopes: found.scopes,
    expiresAt: found.expiresAt,
  }
}

/** Keys are 256 random bits (the operator's: 32 characters or more), so SHA-256 is one-way enough. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
