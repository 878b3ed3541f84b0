import type { Context } from '../context.ts'
import { generateKeyPair, type SigningKey } from '../vc/keys.ts'
import { activeKey, serviceKeyHolder } from './active-key.ts'
import { storeKeyPair } from './store-key-pair.ts'

/** The master key does not open what this database holds. */
class WrongMasterKey extends Error {
  constructor() {
    super('MASTER_KEY does not open the keys in this database: it is not the one that sealed them.')
  }
}

/**
 * Makes the service's own key at the first start and opens it at every one, so that a wrong master key is an
 * error at start and not at the first signature.
 * @throws WrongMasterKey
 */
export async function openServiceKey(ctx: Context): Promise<SigningKey> {
  await storeKeyPair(ctx, null, generateKeyPair('Ed25519'))
  try {
    return await activeKey(ctx, serviceKeyHolder(ctx.config.publicUrl), 'Ed25519')
  } catch (error) {
    // jose: the authentication tag does not match.
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    if (code === 'ERR_JWE_DECRYPTION_FAILED') throw new WrongMasterKey()
    throw error
  }
}
