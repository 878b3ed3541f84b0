import { createHash, randomBytes } from 'node:crypto'
import type { Context } from '../../context.ts'
import { fromToken, toToken } from './mac-token.ts'

const NONCE_SECONDS = 600
const RANDOM_BYTES = 16
const LENGTH = RANDOM_BYTES + 6

/** A nonce that we gave out and that has not expired. */
interface KnownNonce {
  readonly hash: Buffer
  readonly expiresAt: Date
}

/** Nonces of one issuer are nothing to another. */
const purposeOf = (slug: string) => `oid4vci-nonce ${slug}`

/** A fresh nonce of an issuer as it stands in answers (OpenID4VCI 1.0, section 7.2); kept nowhere until it was used. */
export function nonceMembers(ctx: Context, slug: string): { c_nonce: string; c_nonce_expires_in: number } {
  const bytes = Buffer.alloc(LENGTH)
  randomBytes(RANDOM_BYTES).copy(bytes)
  bytes.writeUIntBE(Math.floor(ctx.clock().getTime() / 1000) + NONCE_SECONDS, RANDOM_BYTES, 6)
  return { c_nonce: toToken(ctx, purposeOf(slug), bytes), c_nonce_expires_in: NONCE_SECONDS }
}

/** @returns undefined when the nonce is none of this issuer’s, or has expired; see useNonces for one that was used */
export function readNonce(ctx: Context, slug: string, nonce: string): KnownNonce | undefined {
  const bytes = fromToken(ctx, purposeOf(slug), { token: nonce, length: LENGTH })
  const expiresAt = bytes && new Date(bytes.readUIntBE(RANDOM_BYTES, 6) * 1000)
  if (!expiresAt || expiresAt <= ctx.clock()) return undefined
  return { hash: createHash('sha256').update(nonce).digest(), expiresAt }
}
