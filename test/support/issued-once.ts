import type { Test } from 'tap'
import type { Proof } from '../../src/vc/credential.ts'
import { verifyProof } from '../../src/vc/verify-proof.ts'
import { assertionsOf, rowsOf } from './batches.ts'
import type { Tenant } from './factories.ts'
import { libraryVerdict } from './library-verdict.ts'

/** How many credentials the unmodified library looks at; our own verification looks at all. */
const SAMPLE = 20

/** What was awarded at all: these batches of one badge class, and the people on their lists. */
export interface Expected {
  readonly badge: string
  readonly batches: readonly string[]
  readonly addresses: readonly string[]
  /** Fetches and verifies one credential of so many. */
  readonly verifyEvery?: number
}

/** Each person of the lists has one credential, each with a status entry of its own and a signature that holds. */
export async function everyoneOnce(t: Test, tenant: Tenant, expected: Expected) {
  const { badge, batches, addresses, verifyEvery = 1 } = expected
  const rows = []
  for (const id of batches) {
    const { body } = await tenant.call('GET', `/v1/batches/${id}`)
    const { total, issued } = body.counts
    t.match(body, { status: 'done', counts: { ready: 0, failed: 0, issued: total } }, `${issued} of ${total}`)
    rows.push(...(await rowsOf(tenant, id)))
  }
  const assertions = await assertionsOf(tenant, badge)
  t.ok(
    rows.every(({ state }) => state === 'issued'),
    'every row is issued',
  )
  t.strictSame(sorted(assertions, 'recipient', 'email'), [...addresses].sort(), 'one assertion a person')
  t.strictSame(sorted(rows, 'assertionId'), sorted(assertions, 'id'), 'the rows name the assertions')
  t.strictSame(sorted(rows, 'credentialUrl'), sorted(assertions, 'credentialUrl'), 'and the credentials')
  const urls = assertions.map(({ credentialUrl }) => credentialUrl)
  await credentialsHold(
    t,
    tenant,
    urls.filter((_, i) => i % verifyEvery === 0),
  )
}

async function credentialsHold(t: Test, { call, slug }: Tenant, urls: string[]) {
  const { body } = await call('GET', `/v1/issuers/${slug}/signing-keys`)
  const keys = body.items.filter(({ algorithm }: { algorithm: string }) => algorithm === 'Ed25519')
  const [{ publicKeyMultibase }] = keys
  const entries = new Set<string>()
  const faulty: string[] = []
  const sampleEvery = Math.max(1, Math.floor(urls.length / SAMPLE))
  for (const [i, url] of urls.entries()) {
    const credential = (await call('GET', new URL(url).pathname)).body
    const { statusListCredential, statusListIndex } = credential.credentialStatus
    entries.add(`${statusListCredential} ${statusListIndex}`)
    const [proof] = credential.proof as Proof[]
    const key = {
      id: proof!.verificationMethod as string,
      controller: credential.issuer.id,
      publicKeyMultibase,
    }
    const holds =
      credential.id === url &&
      (await verifyProof(credential, proof!, publicKeyMultibase)) &&
      (i % sampleEvery > 0 || (await libraryVerdict(credential, key)))
    if (!holds) faulty.push(url)
  }
  t.equal(keys.length, 1)
  t.equal(entries.size, urls.length, 'every status entry is used once')
  t.strictSame(faulty, [], 'every credential verifies')
}

// biome-ignore lint/suspicious/noExplicitAny: rows and assertions as they were answered
function sorted(items: any[], ...path: string[]): string[] {
  return items.map((item) => path.reduce((value, name) => value[name], item)).sort()
}
