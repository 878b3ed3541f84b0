import { randomBytes, randomUUID, sign } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue } from '@digitalbazaar/vc'
import { loadContext } from '../src/vc/contexts.ts'
import type { Json, UnsignedCredential } from '../src/vc/credential.ts'
import { generateKeyPair, privateKeyFrom, type SigningKey } from '../src/vc/keys.ts'

/**
 * The baseline: `issue()` of @digitalbazaar/vc as it comes, with what it lets a caller prepare prepared (suite,
 * key, contexts in memory). Each call signs a credential like the example, made out to someone else.
 */
export function createLibraryIssuer(example: UnsignedCredential): () => Promise<Json> {
  const key = createSigningKey(example)
  const signer = {
    id: key.id,
    algorithm: 'Ed25519',
    sign: async ({ data }: { data: Uint8Array }) => sign(null, data, key.privateKey),
  }
  const suite = new DataIntegrityProof({ signer, cryptosuite })
  return () => issue({ credential: anotherLike(example), suite, documentLoader: loadContext })
}

/** A new key of the issuer whose credential the example is. */
export function createSigningKey({ issuer }: UnsignedCredential): SigningKey {
  const controller = (issuer as { id: string }).id
  const { privateJwk, publicKeyMultibase } = generateKeyPair('Ed25519')
  return {
    id: `${controller}#${publicKeyMultibase}`,
    controller,
    algorithm: 'Ed25519',
    privateKey: privateKeyFrom(privateJwk),
  }
}

/** The same award to another person: other id, other identity, other place in the status list. */
export function anotherLike(example: UnsignedCredential): UnsignedCredential {
  const subject = example.credentialSubject as { identifier: Json[] } & Json
  const status = example.credentialStatus as { statusListCredential: string } & Json
  const index = String(Math.floor(Math.random() * 131_072))
  return {
    ...example,
    id: example.id.replace(/[^/]+$/, randomUUID()),
    credentialSubject: {
      ...subject,
      identifier: [
        {
          ...subject.identifier[0],
          identityHash: `sha256$${randomBytes(32).toString('hex')}`,
          salt: randomBytes(16).toString('hex'),
        },
      ],
    },
    credentialStatus: {
      ...status,
      id: `${status.statusListCredential}#${index}`,
      statusListIndex: index,
    },
  }
}
