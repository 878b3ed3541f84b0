import t from 'tap'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import { type Json, withoutProof } from '../../src/vc/credential.ts'
import { canonicalize } from '../../src/vc/verify-proof.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { ALL_WELL, foreignIssuer, type Told, verifier } from '../support/foreign-issuer.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const VC = 'https://www.w3.org/2018/credentials#'
const STATUS = 'https://www.w3.org/ns/credentials/status#'

const service = await startService(t)
const call = caller(service.app)
const verify = verifier(service.app)
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const fetched = async (path: string): Promise<Json> => (await call('GET', path)).body
const revoke = (id: string) => tenant.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })

t.test('a revoked badge is revoked in every form', async (t) => {
  const { id, path, credentialUrl } = await award(tenant, badge.id)
  const forms = await Promise.all(
    ['.json', '.png', '.svg', '.jwt'].map(async (s) => (await call('GET', path + s)).bytes),
  )
  const legacy = await fetched(`${path}?proof=Ed25519Signature2020`)
  const all = [...forms, legacy, { url: credentialUrl }]
  for (const form of all) t.strictSame((await judge(form)).checks, ALL_WELL)
  t.equal((await revoke(id)).status, 200)
  for (const form of all) {
    const told = await judge(form)
    t.strictSame(told.checks, { ...ALL_WELL, status: 'failed:status-revoked' })
    t.equal(told.valid, false)
  }
})

t.test('a revoked or expired badge does not become valid when the same is said in other words', async (t) => {
  const { id, path } = await award(tenant, badge.id, { validUntil: '2099-01-01T00:00:00Z' })
  const credential = await fetched(path)
  await revoke(id)
  const { credentialStatus: status, validUntil, ...rest } = credential as { credentialStatus: Json } & Json
  const entry = (change: Json) => ({ ...rest, validUntil, credentialStatus: { ...status, ...change } })
  const [v2, ob] = rest['@context'] as string[]
  const list = status.statusListCredential
  const reworded: [string, Json][] = [
    ['its status under a full address', { ...rest, validUntil, [`${VC}credentialStatus`]: status }],
    [
      'its status under a word of its own',
      {
        ...rest,
        validUntil,
        '@context': [v2, ob, { x: { '@id': `${VC}credentialStatus`, '@type': '@id' } }],
        x: status,
      },
    ],
    ['its status in a list', { ...rest, validUntil, credentialStatus: [status] }],
    ['the type in a list', entry({ type: [status.type] })],
    ['the type by its keyword', entry({ type: undefined, '@type': status.type })],
    ['the purpose in a list', entry({ statusPurpose: ['revocation'] })],
    [
      'the purpose under a full address',
      entry({ statusPurpose: undefined, [`${STATUS}statusPurpose`]: 'revocation' }),
    ],
    ['the list as an object', entry({ statusListCredential: { id: list } })],
    ['the list in a list', entry({ statusListCredential: [list] })],
    ['the index as a value', entry({ statusListIndex: { '@value': status.statusListIndex } })],
    ['the index in a list', entry({ statusListIndex: [status.statusListIndex] })],
    [
      'its end under a full address',
      {
        ...rest,
        credentialStatus: status,
        [`${VC}validUntil`]: { '@value': validUntil, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
      },
    ],
  ]
  const signed = await canonicalize(withoutProof(credential))
  for (const [name, document] of reworded) {
    const sent = JSON.parse(JSON.stringify(withoutProof(document)))
    t.equal(await canonicalize(sent), signed, `${name}: what was signed is the same`)
    const told = await verify(document)
    t.equal(told.valid, false, name)
    const words = Object.values(told.checks).filter((code) => code.startsWith('failed:'))
    t.match(words.join(), /terms-not-plain|status-revoked|status-unknown-list|status-entry-malformed/, name)
  }
})

t.test('the status of a stranger’s credential is looked up in its own lists alone', async (t) => {
  const credential = (await fetched((await award(tenant, badge.id)).path)) as {
    credentialStatus: Json
  } & Json
  const ours = credential.credentialStatus
  const stranger = foreignIssuer()
  const cases: [string, Json, string, boolean][] = [
    [
      'a list elsewhere',
      { ...ours, statusListCredential: 'https://elsewhere.example/lists/1' },
      'warning:status-not-checked',
      true,
    ],
    [
      'another kind of status',
      { id: 'https://elsewhere.example/revoked', type: '1EdTechRevocationList' },
      'warning:status-not-checked',
      true,
    ],
    ['a list of an issuer of ours', ours, 'failed:status-unknown-list', false],
    [
      'a list that does not exist',
      { ...ours, statusListCredential: `${PUBLIC_URL}/status-lists/none` },
      'failed:status-unknown-list',
      false,
    ],
  ]
  for (const [name, credentialStatus, expected, valid] of cases) {
    const contexts = [
      CREDENTIALS_V2,
      OPEN_BADGES_V3,
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    ]
    const told = await verify(await stranger.issue({ '@context': contexts, credentialStatus }))
    t.equal(told.checks.proof, 'proof-ok', name)
    t.equal(told.checks.status, expected, name)
    t.equal(told.valid, valid, name)
  }
  for (const statusListIndex of ['-1', '1.5', '', 'x', 5]) {
    const told = await verify({ ...credential, credentialStatus: { ...ours, statusListIndex } })
    t.equal(told.checks.status, 'failed:status-entry-malformed', String(statusListIndex))
  }
  for (const statusListIndex of ['131072', '99999999999999999999', '9'.repeat(1000)]) {
    const told = await verify({ ...credential, credentialStatus: { ...ours, statusListIndex } })
    t.equal(told.checks.status, 'failed:status-out-of-range', statusListIndex)
  }
})

function judge(form: unknown): Promise<Told> {
  return verify(form, Buffer.isBuffer(form) ? { 'content-type': 'application/octet-stream' } : {})
}
