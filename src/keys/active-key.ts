import type { Context } from '../context.ts'
import { didWebOf } from '../vc/did.ts'
import { type KeyAlgorithm, privateKeyFrom, type SigningKey } from '../vc/keys.ts'
import { findActiveKey } from './queries.ts'

/** Whose key it is: `id` of the issuer's row (null: the service), `did` of its documents. */
export interface KeyHolder {
  readonly id: string | null
  readonly did: string
}

/** A signing key, and its row. */
export interface KeyInUse extends SigningKey {
  readonly rowId: string
}

/** There is no key to sign with, or the master key does not open it. */
export class NoSigningKey extends Error {}

/**
 * The key that signs now. It is unsealed once and kept in memory.
 * @throws NoSigningKey when the holder has none, or it was sealed with another master key
 */
export async function activeKey(ctx: Context, holder: KeyHolder, algorithm: KeyAlgorithm): Promise<KeyInUse> {
  const row = await findActiveKey(ctx.db, holder.id, algorithm)
  if (!row) throw new NoSigningKey(`There is no active ${algorithm} key of ${holder.did}`)
  const known = ctx.unsealedKeys.get(row.id)
  if (known) return known
  const jwk = JSON.parse(
    await ctx.sealer.unseal(row.sealedPrivateJwk).catch((cause) => {
      throw new NoSigningKey(`The ${algorithm} key of ${holder.did} cannot be opened`, { cause })
    }),
  )
  const key: KeyInUse = {
    rowId: row.id,
    id: verificationMethodOf(ctx.config.publicUrl, holder.did, row.publicKeyMultibase),
    controller: holder.did,
    algorithm,
    privateKey: privateKeyFrom(jwk),
  }
  ctx.unsealedKeys.set(row.id, key)
  return key
}

/**
 * The absolute URL that a proof names its key by. A did:key has room for one key, its own; any other key of
 * such an issuer is a JWK at a URL of ours.
 */
export function verificationMethodOf(publicUrl: string, did: string, publicKeyMultibase: string): string {
  const isForeignToDidKey = did.startsWith('did:key:') && did !== `did:key:${publicKeyMultibase}`
  return isForeignToDidKey ? `${publicUrl}/keys/${publicKeyMultibase}` : `${did}#${publicKeyMultibase}`
}

/** The service itself: the DID of its origin. */
export function serviceKeyHolder(publicUrl: string): KeyHolder {
  return { id: null, did: didWebOf(publicUrl) }
}
