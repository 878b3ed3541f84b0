import { decodeList } from '@digitalbazaar/vc-bitstring-status-list'
import t from 'tap'
import { TTL_MS } from '../../src/status-lists/signed-list.ts'
import { MINIMUM_ENTRIES, readBit } from '../../src/vc/bitstring.ts'
import { type Awarded, award, createBadge, createTenant, type Tenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'
import { stranger } from '../support/stranger.ts'

const service = await startService(t)
const call = caller(service.app)

interface Entry extends Awarded {
  /** Path of its list. */
  readonly list: string
  readonly index: number
}

/** A badge awarded to `count` people, with the places of their status. */
async function awardTo(tenant: Tenant, count: number): Promise<Entry[]> {
  const badge = await createBadge(tenant)
  const awarded = await Promise.all(Array.from({ length: count }, () => award(tenant, badge.id)))
  return Promise.all(
    awarded.map(async (one) => {
      const { statusListCredential, statusListIndex } = (await call('GET', one.path)).body.credentialStatus
      return { ...one, list: new URL(statusListCredential).pathname, index: Number(statusListIndex) }
    }),
  )
}

const revoke = (tenant: Tenant, { id }: Entry) =>
  tenant.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })

t.test('the list has the shape that the standard gives it', async (t) => {
  const tenant = await createTenant(service.app)
  const [entry] = await awardTo(tenant, 1)
  const { body, headers } = await call('GET', entry!.list)
  const url = PUBLIC_URL + entry!.list
  const { proof, validFrom, credentialSubject, ...rest } = body
  t.strictSame(rest, {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: tenant.did,
  })
  const { encodedList, ...subject } = credentialSubject
  t.strictSame(subject, {
    id: `${url}#list`,
    type: 'BitstringStatusList',
    statusPurpose: 'revocation',
    ttl: TTL_MS,
  })
  t.match(encodedList, /^u[\w-]+$/)
  t.match(validFrom, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  t.match(proof, { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' })
  t.match(headers['cache-control'], `max-age=${credentialSubject.ttl / 1000}`)
})

t.test('a stranger verifies the list with the unmodified library', async (t) => {
  const tenant = await createTenant(service.app)
  const [entry] = await awardTo(tenant, 1)
  const { body } = await call('GET', entry!.list)
  t.strictSame(await stranger(service.app)(body), { verified: true, why: '' })
  const altered = { ...body, credentialSubject: { ...body.credentialSubject, ttl: 1 } }
  t.equal((await stranger(service.app)(altered)).verified, false)
})

t.test('a revocation sets its own bit and no other', async (t) => {
  const tenant = await createTenant(service.app)
  const entries = await awardTo(tenant, 12)
  const { list } = entries[0]!
  t.strictSame(await bitsOf(list), [])
  const revoked = [entries[3]!, entries[7]!]
  for (const entry of revoked) {
    await revoke(tenant, entry)
    await revoke(tenant, entry)
  }
  t.strictSame(
    await bitsOf(list),
    revoked.map(({ index }) => index).sort((a, b) => a - b),
  )
  const judge = stranger(service.app)
  for (const entry of entries) {
    const credential = (await call('GET', entry.path)).body
    const isRevoked = revoked.includes(entry)
    t.strictSame(
      await judge(credential),
      isRevoked ? { verified: false, why: 'revoked' } : { verified: true, why: '' },
    )
  }
})

t.test('a revocation of one issuer does not touch the list of another', async (t) => {
  const [a, b] = [await createTenant(service.app), await createTenant(service.app)]
  const [[mine], [theirs]] = [await awardTo(a, 1), await awardTo(b, 1)]
  const before = (await call('GET', theirs!.list)).text
  await revoke(a, mine!)
  t.strictSame(await bitsOf(mine!.list), [mine!.index])
  t.equal((await call('GET', theirs!.list)).text, before)
})

t.test('the list is served as it was signed until something changes', async (t) => {
  const tenant = await createTenant(service.app)
  const entries = await awardTo(tenant, 2)
  const { list } = entries[0]!
  const first = await call('GET', list)
  const again = await call('GET', list)
  t.equal(again.text, first.text)
  t.equal(again.headers.etag, first.headers.etag)
  const unchanged = await call('GET', list, undefined, { 'if-none-match': String(first.headers.etag) })
  t.equal(unchanged.status, 304)
  t.equal(unchanged.text, '')
  t.equal(unchanged.headers.etag, first.headers.etag)
  await revoke(tenant, entries[1]!)
  const changed = await call('GET', list, undefined, { 'if-none-match': String(first.headers.etag) })
  t.equal(changed.status, 200)
  t.not(changed.headers.etag, first.headers.etag)
  t.not(changed.text, first.text)
})

t.test('the list is for everybody, as JSON and nothing else', async (t) => {
  const tenant = await createTenant(service.app)
  const { list } = (await awardTo(tenant, 1))[0]!
  for (const type of [
    'application/vc+ld+json',
    'application/vc',
    'application/ld+json',
    'application/json',
  ]) {
    const answer = await call('GET', list, undefined, { accept: type, origin: 'https://wallet.example' })
    t.equal(answer.headers['content-type'], type)
    t.equal(answer.headers['access-control-allow-origin'], '*')
    t.match(answer.headers.vary, 'Accept')
  }
  t.equal((await call('GET', list, undefined, { accept: '*/*' })).status, 200)
  t.equal((await call('GET', list, undefined, { accept: 'image/png' })).status, 406)
  const preflight = await call('OPTIONS', list, undefined, {
    origin: 'https://wallet.example',
    'access-control-request-method': 'GET',
  })
  t.equal(preflight.headers['access-control-allow-origin'], '*')
  const missing = '/status-lists/3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11'
  for (const path of [missing, '/status-lists/none', `${list}x`, `${list.toUpperCase()}`]) {
    t.equal((await call('GET', path)).status, 404, path)
  }
})

t.test(
  'after a rotation the list is verified still, and signed by the new key when it changes',
  async (t) => {
    const tenant = await createTenant(service.app)
    const [entry] = await awardTo(tenant, 1)
    const before = (await call('GET', entry!.list)).body
    await tenant.call('POST', `/v1/issuers/${tenant.slug}/signing-keys/rotate`)
    t.equal((await stranger(service.app)(before)).verified, true)
    await revoke(tenant, entry!)
    const after = (await call('GET', entry!.list)).body
    t.not(after.proof.verificationMethod, before.proof.verificationMethod)
    t.strictSame(await stranger(service.app)(after), { verified: true, why: '' })
  },
)

/** Every index whose bit is set, by the unmodified library and by our own reader. */
async function bitsOf(path: string): Promise<number[]> {
  const { encodedList } = (await call('GET', path)).body.credentialSubject
  const list = await decodeList({ encodedList })
  if (list.length !== MINIMUM_ENTRIES) throw new Error(`the list has ${list.length} entries`)
  const all = Array.from({ length: list.length }, (_, index) => index)
  const set = all.filter((index) => list.getStatus(index))
  for (const index of set) if (!readBit(encodedList, index)) throw new Error(`readBit misses ${index}`)
  return set
}
