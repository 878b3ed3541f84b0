import { createPublicKey } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import type { JWK } from 'jose'
import { loadContext } from '../../src/vc/contexts.ts'
import { type SigningKey, toMultibase } from '../../src/vc/keys.ts'

/** A key of which only the public part is known. */
type PublicKey = Pick<SigningKey, 'id' | 'controller'> & { readonly publicKeyMultibase: string }

/** Does the unmodified library accept this credential, at the time from which it is valid? */
export async function libraryVerdict(credential: object, key: SigningKey | PublicKey): Promise<boolean> {
  const { id, controller } = key
  const publicKeyMultibase =
    'privateKey' in key
      ? toMultibase(createPublicKey(key.privateKey).export({ format: 'jwk' }) as JWK)
      : key.publicKeyMultibase
  const documents: Record<string, object> = {
    [id]: {
      '@context': 'https://w3id.org/security/multikey/v1',
      id,
      type: 'Multikey',
      controller,
      publicKeyMultibase,
    },
    [controller]: { '@context': 'https://www.w3.org/ns/did/v1', id: controller, assertionMethod: [id] },
  }
  const { verified } = await verifyCredential({
    credential: structuredClone(credential),
    suite: [new DataIntegrityProof({ cryptosuite }), new Ed25519Signature2020()],
    documentLoader: async (url: string) =>
      documents[url] ? { contextUrl: null, documentUrl: url, document: documents[url] } : loadContext(url),
    now: new Date((credential as { validFrom: string }).validFrom),
    checkStatus: async () => ({ verified: true }),
  })
  return verified
}
