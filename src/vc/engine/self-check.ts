import { createPublicKey } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import type { JWK } from 'jose'
import { loadContext } from '../contexts.ts'
import type { Json } from '../credential.ts'
import { verifyJwt } from '../jwt.ts'
import { type SigningKey, toMultibase } from '../keys.ts'
import { badgeSchemaFaults } from '../open-badges/faults.ts'

/** What we signed does not verify: nothing of its group may leave the house. */
export class SelfCheckFailed extends Error {
  override readonly name = 'SelfCheckFailed'
}

/**
 * Verifies a credential of ours before the first of its shape is handed out: with the unmodified library, and a badge
 * against the structure of the standard (OB 3.0, appendix B).
 * @param key the key that signed it
 * @throws SelfCheckFailed with every reason
 */
export async function selfCheck(body: string, key: SigningKey): Promise<void> {
  await verifyWithLibrary(body, key)
  checkStructure(parse(body))
}

/** The same of a token: its signature by another key object than the one that made it, and the badge in it. */
export async function selfCheckToken(token: string, credential: Json, key: SigningKey): Promise<void> {
  const publicJwk = createPublicKey(key.privateKey).export({ format: 'jwk' }) as JWK
  if (!(await verifyJwt(token, 'ES256', publicJwk)))
    throw new SelfCheckFailed('A token that was just signed does not verify')
  checkStructure(credential)
}

function checkStructure(credential: Json): void {
  const types = [credential.type].flat()
  const isBadge = types.includes('OpenBadgeCredential') || types.includes('AchievementCredential')
  const faults = isBadge ? badgeSchemaFaults(credential) : []
  if (faults.length > 0) {
    throw new SelfCheckFailed(`A badge that was just signed breaks the standard at ${faults.join(', ')}`)
  }
}

/**
 * Verifies a credential of ours with the unmodified library, which shares no code with the fast path.
 * @param key the key that signed it
 * @throws SelfCheckFailed with the library's reasons
 */
export async function verifyWithLibrary(body: string, key: SigningKey): Promise<void> {
  const credential = parse(body)
  const documents = new Map(Object.entries(keyDocuments(key)))
  const { verified, error } = await verifyCredential({
    credential,
    suite: [new DataIntegrityProof({ cryptosuite }), new Ed25519Signature2020()],
    documentLoader: async (url: string) => {
      const document = documents.get(url)
      return document ? { contextUrl: null, documentUrl: url, document } : loadContext(url)
    },
    // The dates are the issuer's choice and the status is not what was signed.
    now: new Date(credential.validFrom ?? credential.issuanceDate ?? credential.validUntil ?? 0),
    checkStatus: async () => ({ verified: true }),
  })
  if (verified) return
  const reasons = (error?.errors ?? [error]).map((one) => one?.message).join('; ')
  throw new SelfCheckFailed(`A credential that was just signed does not verify: ${reasons}`)
}

function parse(body: string) {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new SelfCheckFailed('A credential that was just signed is no JSON', { cause })
  }
}

/** The key and its controller, as their addresses would give them: our addresses end with the public key. */
function keyDocuments({ id, controller, privateKey }: SigningKey): Record<string, object> {
  const named = /[#/](z6Mk\w+)$/.exec(id)?.[1]
  const publicKeyMultibase =
    named ?? toMultibase(createPublicKey(privateKey).export({ format: 'jwk' }) as JWK)
  return {
    [id]: {
      '@context': 'https://w3id.org/security/multikey/v1',
      id,
      type: 'Multikey',
      controller,
      publicKeyMultibase,
    },
    [controller]: { '@context': ['https://www.w3.org/ns/did/v1'], id: controller, assertionMethod: [id] },
  }
}
