import { randomUUID } from 'node:crypto'
import t from 'tap'
import { readBit } from '../../src/vc/bitstring.ts'
import { CREDENTIAL, CREDENTIAL_1, issueCredential, type Signed } from '../support/credentials.ts'
import { award, createBadge, createTenant, type Tenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const call = caller(service.app)
const tenant = await createTenant(service.app, { didMethod: 'key' })

interface Entry {
  readonly id: string
  readonly statusPurpose: string
  readonly statusListIndex: string
  readonly statusListCredential: string
}
const entriesOf = (signed: Signed) => [signed.credentialStatus].flat() as Entry[]
const change = (body: object, by: Tenant = tenant) =>
  by.call('POST', `/v1/issuers/${by.slug}/credentials/status`, body)
const verify = (verifiableCredential: unknown) =>
  call('POST', '/credentials/verify', { verifiableCredential })
const codesOf = async (signed: Signed) =>
  ((await verify(signed)).body.problemDetails ?? []).map(({ code }: { code: string }) => code)
const isSetInList = async ({ statusListCredential, statusListIndex }: Entry) => {
  const { body } = await call('GET', new URL(statusListCredential).pathname)
  return readBit(body.credentialSubject.encodedList, Number(statusListIndex))
}
const newId = () => `urn:uuid:${randomUUID()}`

t.test('a credential gets a status entry when one is asked for, and only then', async (t) => {
  t.notOk((await issueCredential(tenant)).credentialStatus)
  t.notOk(
    (await issueCredential(tenant, {}, { status: false, statusPurpose: 'suspension' })).credentialStatus,
  )
  const [entry, ...others] = entriesOf(await issueCredential(tenant, {}, { status: true }))
  t.equal(others.length, 0)
  t.match(entry, {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: /^\d+$/,
    statusListCredential: new RegExp(`^${PUBLIC_URL}/status-lists/[0-9a-f-]{36}$`),
  })
  t.equal(entry!.id, `${entry!.statusListCredential}#${entry!.statusListIndex}`)
  t.equal(await isSetInList(entry!), false)
})

t.test('an entry that the body brings stays beside ours', async (t) => {
  const own = { id: 'urn:example:status', type: 'https://stage.example/#Status' }
  const entries = entriesOf(await issueCredential(tenant, { credentialStatus: own }, { status: true }))
  t.strictSame([entries.length, entries[0]], [2, own])
})

t.test('a credential of VCDM 1.1 has a status too', async (t) => {
  const id = newId()
  const signed = await issueCredential(tenant, { ...CREDENTIAL_1, id }, { status: true })
  t.equal((await verify(signed)).status, 200)
  await change({ credentialId: id })
  t.strictSame(await codesOf(signed), ['status-revoked'])
})

t.test('a revocation is for good', async (t) => {
  const id = newId()
  const signed = await issueCredential(tenant, { id }, { status: true })
  t.equal((await verify(signed)).status, 200)
  const changed = await change({
    credentialId: id,
    credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
  })
  const [{ statusListCredential, statusListIndex }] = entriesOf(signed) as [Entry]
  t.strictSame(
    [changed.status, changed.body],
    [
      200,
      {
        credentialId: id,
        status: true,
        entries: [{ statusPurpose: 'revocation', statusListCredential, statusListIndex }],
      },
    ],
  )
  t.equal(await isSetInList(entriesOf(signed)[0]!), true)
  const { status, body } = await verify(signed)
  t.strictSame([status, body.problemDetails[0].code], [400, 'status-revoked'])
  t.equal((await change({ credentialId: id })).status, 200, 'again')
  const lifted = await change({ credentialId: id, status: false })
  t.strictSame([lifted.status, lifted.body.type], [409, `${PUBLIC_URL}/problems/revoked-for-good`])
  t.equal(await isSetInList(entriesOf(signed)[0]!), true)
})

t.test('a suspension can be lifted, and its list says what it is', async (t) => {
  const id = newId()
  const signed = await issueCredential(tenant, { id }, { statusPurpose: 'suspension' })
  const [entry] = entriesOf(signed)
  const list = await call('GET', new URL(entry!.statusListCredential).pathname)
  t.equal(list.body.credentialSubject.statusPurpose, 'suspension')
  t.equal((await change({ credentialId: id, status: true })).status, 200)
  t.strictSame(await codesOf(signed), ['status-suspended'])
  t.equal(await isSetInList(entry!), true)
  t.equal((await change({ credentialId: id, status: false })).status, 200)
  t.equal((await verify(signed)).status, 200)
  t.equal(await isSetInList(entry!), false)
})

t.test('revocations and suspensions stand in different lists', async (t) => {
  const [revocation] = entriesOf(await issueCredential(tenant, {}, { status: true }))
  const [suspension] = entriesOf(await issueCredential(tenant, {}, { statusPurpose: 'suspension' }))
  t.not(revocation!.statusListCredential, suspension!.statusListCredential)
})

t.test('a credential without an id is found by its place', async (t) => {
  const signed = await issueCredential(tenant, {}, { status: true })
  t.equal((await change({ credentialStatus: signed.credentialStatus as object })).status, 200)
  t.strictSame(await codesOf(signed), ['status-revoked'])
})

t.test('a credential without an id is found by the name that its issuer gave it', async (t) => {
  const purpose = { type: 'BitstringStatusList', statusPurpose: 'revocation' }
  for (const [form, credential] of Object.entries({ 'VCDM 2.0': {}, 'VCDM 1.1': CREDENTIAL_1 })) {
    // Of VCDM 1.1 the terms of an entry stand in a context that is added.
    for (const credentialStatus of [undefined, purpose]) {
      const credentialId = `dossier ${randomUUID()}`
      const signed = await issueCredential(tenant, credential, { status: true, credentialId })
      t.notOk(JSON.stringify(signed).includes(credentialId), 'it does not stand in the credential')
      t.equal((await verify(signed)).status, 200)
      const other = await createTenant(service.app)
      t.equal((await change({ credentialId }, other)).status, 404, 'by its issuer alone')
      const changed = await change({ credentialId, ...(credentialStatus ? { credentialStatus } : {}) })
      t.match([changed.status, changed.body], [200, { credentialId, status: true }], form)
      t.strictSame(await codesOf(signed), ['status-revoked'])
    }
  }
  const long = { status: true, credentialId: 'x'.repeat(2001) }
  const issuance = { credential: CREDENTIAL, options: long }
  const path = `/v1/issuers/${tenant.slug}/credentials/issue`
  t.equal((await tenant.call('POST', path, issuance)).status, 400)
  for (const credentialId of ['', 5, null, 'é'.repeat(1001)]) {
    const options = { status: true, credentialId }
    t.equal((await tenant.call('POST', path, { credential: CREDENTIAL, options })).status, 400)
  }
})

t.test('a name that the issuer gave goes before the id', async (t) => {
  const [id, credentialId] = [newId(), newId()]
  const signed = await issueCredential(tenant, { id }, { status: true, credentialId })
  t.equal((await change({ credentialId: id })).status, 404)
  t.equal((await change({ credentialId })).status, 200)
  t.strictSame(await codesOf(signed), ['status-revoked'])
})

t.test('a request in the words of VC API is understood, and what is not known passed over', async (t) => {
  const cases: object[] = [
    { credentialStatus: { type: 'BitstringStatusList', statusPurpose: 'revocation' }, status: true },
    { credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' } },
    { credentialStatus: { statusPurpose: 'revocation' } },
    { credentialStatus: {} },
    { indexAllocator: 'urn:uuid:5ad5a8f9-3ea9-4a0d-b1a1-6a8bb0b1a1d3', status: true },
    { verbose: { of: ['others'] } },
  ]
  for (const more of cases) {
    const credentialId = newId()
    const signed = await issueCredential(tenant, { id: credentialId }, { status: true })
    t.equal((await change({ credentialId, ...more })).status, 200, JSON.stringify(more))
    t.strictSame(await codesOf(signed), ['status-revoked'])
  }
})

t.test('nothing is changed where nothing is meant', async (t) => {
  const other = await createTenant(service.app)
  const id = newId()
  const signed = await issueCredential(tenant, { id }, { status: true })
  const awarded = await award(other, (await createBadge(other)).id)
  const { credentialStatus } = (await call('GET', awarded.path)).body
  const [entry] = entriesOf(signed)
  const cases: [what: string, expected: number, body: object, by?: Tenant][] = [
    ['no credential', 400, {}],
    ['an unknown id', 404, { credentialId: newId() }],
    ['another purpose', 404, { credentialId: id, credentialStatus: { statusPurpose: 'suspension' } }],
    ['another tenant’s id', 404, { credentialId: id }, other],
    ['another tenant’s place', 404, { credentialStatus: entry }, other],
    ['the place of a badge, which is revoked with a reason', 404, { credentialStatus }, other],
    ['an id and the place of another', 404, { credentialId: newId(), credentialStatus: entry }],
    [
      'a list elsewhere',
      404,
      { credentialStatus: { ...entry, statusListCredential: 'https://else.example/1' } },
    ],
    ['an index that is no number', 400, { credentialStatus: { ...entry, statusListIndex: '1e3' } }],
    ['a status that is no yes or no', 400, { credentialId: id, status: 'true' }],
    ['a status that is a number', 400, { credentialId: id, status: 0 }],
    [
      'an entry of another kind',
      400,
      { credentialId: id, credentialStatus: { type: 'StatusList2021Entry' } },
    ],
    ['a purpose of another kind', 400, { credentialId: id, credentialStatus: { statusPurpose: 'message' } }],
  ]
  for (const [what, expected, body, by] of cases) t.equal((await change(body, by)).status, expected, what)
  t.equal((await verify(signed)).status, 200)
  t.equal((await call('GET', awarded.path)).status, 200)
})

t.test('changes at once all count', async (t) => {
  const ids = Array.from({ length: 20 }, newId)
  const signed = await Promise.all(ids.map((id) => issueCredential(tenant, { id }, { status: true })))
  const indexes = signed.map((one) => entriesOf(one)[0]!.id)
  t.equal(new Set(indexes).size, 20, 'no place is given twice')
  const answers = await Promise.all(ids.map((credentialId) => change({ credentialId })))
  t.ok(answers.every(({ status }) => status === 200))
  for (const one of signed) t.equal(await isSetInList(entriesOf(one)[0]!), true)
})
