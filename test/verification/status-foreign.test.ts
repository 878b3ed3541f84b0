import { gzipSync } from 'node:zlib'
import t from 'tap'
import { encodeBitstring, MINIMUM_ENTRIES } from '../../src/vc/bitstring.ts'
import { CREDENTIALS_V1, CREDENTIALS_V2, DATA_INTEGRITY_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { unsigned, verifier } from '../support/foreign-issuer.ts'
import { startWithStranger } from '../support/foreign-service.ts'
import { type Certificate, makeCertificate, WITHOUT_OPENSSL } from '../support/https-server.ts'
import { signatory } from '../support/proofs.ts'

const certificate = await makeCertificate()
const REVOKED = 94_567
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'

t.test('the status lists of strangers', certificate ? {} : { skip: WITHOUT_OPENSSL }, async (t) => {
  const now = { time: Date.parse('2026-11-21T12:00:00Z') }
  const clock = () => new Date(now.time)
  const { service, origin, pages, asked } = await startWithStranger(t, certificate as Certificate, clock)
  const verify = verifier(service.app)
  const issuer = signatory()
  const url = `${origin}/lists/1`
  const bits = encodeBitstring(MINIMUM_ENTRIES, [REVOKED])

  /** A list with one entry set, changed as said, and signed. */
  async function list(change: Json = {}, subject: Json = {}, by = issuer): Promise<Json> {
    const whole: Json = {
      '@context': [CREDENTIALS_V2],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: by.did,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: {
        id: `${url}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: bits,
        ...subject,
      },
      ...change,
    }
    const document = JSON.parse(JSON.stringify(whole))
    return { ...document, proof: await by.prove(document) }
  }

  /** What is said of a badge whose status stands there. */
  async function status(entry: Json | Json[] = {}, context: string[] = []): Promise<string | undefined> {
    const usual = {
      id: `${url}#${REVOKED}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '5',
      statusListCredential: url,
    }
    const entries = Array.isArray(entry) ? entry.map((one) => ({ ...usual, ...one })) : { ...usual, ...entry }
    const document = {
      ...unsigned(issuer.did),
      '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, ...context],
      credentialStatus: JSON.parse(JSON.stringify(entries)),
    }
    const told = await verify({ ...document, proof: await issuer.prove(document) })
    t.equal(told.checks.proof, 'proof-ok')
    const { status } = told.checks
    if (!Array.isArray(entry)) t.equal(told.valid, !status?.startsWith('failed'), String(status))
    return status
  }

  t.test('an entry that is set is revoked or suspended, another is not', async (t) => {
    pages.set('/lists/1', await list())
    t.equal(await status(), 'status-ok')
    t.equal(await status({ statusListIndex: String(REVOKED) }), 'failed:status-revoked')
    t.equal(await status({ statusListIndex: String(REVOKED + 1) }), 'status-ok')
    pages.set('/lists/1', await list({}, { statusPurpose: ['revocation', 'suspension'] }))
    const suspended = { statusListIndex: String(REVOKED), statusPurpose: 'suspension' }
    t.equal(await status(suspended), 'failed:status-suspended')
    t.equal(await status([{}, suspended]), 'failed:status-suspended', 'each of several entries counts')
    t.equal(await status([{}, { statusPurpose: 'suspension' }]), 'status-ok')
  })

  t.test('a list is verified as the credential that it is', async (t) => {
    const stranger = signatory()
    const altered = await list()
    const cases: [string, Json | string, string][] = [
      ['altered', { ...altered, name: 'x' }, 'failed:status-list-unverified'],
      ['not signed', { ...altered, proof: [] }, 'failed:status-list-unverified'],
      [
        'signed by somebody else',
        { ...altered, proof: await stranger.prove(altered) },
        'failed:status-list-unverified',
      ],
      ['by another issuer', await list({}, {}, stranger), 'warning:status-list-other-issuer'],
      [
        'that has expired',
        await list({ validUntil: '2026-02-01T00:00:00Z' }),
        'failed:status-list-not-current',
      ],
      ['of later', await list({ validFrom: '2027-02-01T00:00:00Z' }), 'failed:status-list-not-current'],
      ['of another address', await list({ id: `${url}0` }), 'failed:status-list-unverified'],
      ['without an address', await list({ id: undefined }), 'status-ok'],
      ['of another type', await list({ type: ['VerifiableCredential'] }), 'failed:status-list-unverified'],
      [
        'for another purpose',
        await list({}, { statusPurpose: 'suspension' }),
        'failed:status-list-unverified',
      ],
      ['for no purpose', await list({}, { statusPurpose: undefined }), 'failed:status-list-unverified'],
      ['that is no list', { hello: 'world' }, 'failed:status-list-unverified'],
      ['that is a page', '<html></html>', 'warning:status-not-checked'],
      ['that is broken JSON', '{', 'warning:status-not-checked'],
      ['that says a thing twice', '{"id":"a","id":"b"}', 'warning:status-not-checked'],
    ]
    for (const [name, page, expected] of cases) {
      pages.set('/lists/1', typeof page === 'string' ? page : JSON.parse(JSON.stringify(page)))
      t.equal(await status(), expected, name)
    }
    pages.set('/lists/1', await list({}, {}, stranger))
    const set = { statusListIndex: String(REVOKED) }
    t.equal(await status(set), 'failed:status-revoked', 'another issuer can revoke')
  })

  t.test('its bits are unpacked to 16 MiB and have the length that protects people', async (t) => {
    const packed = (bytes: number) => `u${gzipSync(Buffer.alloc(bytes)).toString('base64url')}`
    const cases: [string, unknown, Json, string][] = [
      ['one byte too short', packed(16_383), {}, 'failed:status-list-too-short'],
      ['just long enough', packed(16_384), {}, 'status-ok'],
      ['too short for two bits each', packed(16_384), { statusSize: 2 }, 'failed:status-list-too-short'],
      ['the last entry', bits, { statusListIndex: '131071' }, 'status-ok'],
      ['after the last', bits, { statusListIndex: '131072' }, 'failed:status-out-of-range'],
      ['a bomb', packed((16 << 20) + 1), {}, 'failed:status-list-unverified'],
      ['no multibase', 'zabc', {}, 'failed:status-list-unverified'],
      ['not packed', `u${Buffer.alloc(16_384).toString('base64url')}`, {}, 'failed:status-list-unverified'],
      ['cut short', bits.slice(0, -20), {}, 'failed:status-list-unverified'],
      ['empty', '', {}, 'failed:status-list-unverified'],
      ['a number', 5, {}, 'failed:status-list-unverified'],
    ]
    for (const [name, encodedList, entry, expected] of cases) {
      pages.set('/lists/1', await list({}, { encodedList }))
      t.equal(await status(entry), expected, name)
    }
  })

  t.test('an entry that is not written as it should be is refused', async (t) => {
    pages.set('/lists/1', await list())
    const malformed: Json[] = [
      { statusListIndex: 5 },
      { statusListIndex: '-1' },
      { statusListIndex: '0x5' },
      { statusPurpose: undefined },
      { statusPurpose: ['revocation'] },
      { statusListCredential: undefined },
      { statusListCredential: [url] },
      { statusSize: 0 },
      { statusSize: 33 },
      { statusSize: 1.5 },
    ]
    for (const entry of malformed)
      t.equal(await status(entry), 'failed:status-entry-malformed', JSON.stringify(entry))
    t.equal(await status([{}, {}, {}, {}, {}, {}]), 'failed:status-entry-malformed', 'too many')
  })

  t.test('a status can be a message, which is told and is no failure', async (t) => {
    const messages = [
      { status: '0x0', message: 'En cours' },
      { status: '0x1', message: 'Archivée' },
      { status: '0x2', message: 'Prolongée' },
      { status: '0x3', message: 'À renouveler' },
    ]
    const two = Buffer.alloc(32_768)
    two[2] = 0b00_10_01_11
    const encodedList = `u${gzipSync(two).toString('base64url')}`
    pages.set('/lists/1', await list({}, { encodedList, statusPurpose: ['message', 'refresh', 'x'] }))
    const entry = { statusPurpose: 'message', statusSize: 2, statusMessage: messages }
    for (const [index, message] of [
      ['8', 'En cours'],
      ['9', 'Prolongée'],
      ['10', 'Archivée'],
      ['11', 'À renouveler'],
    ] as const) {
      const document = {
        ...unsigned(issuer.did),
        credentialStatus: {
          type: 'BitstringStatusListEntry',
          statusListCredential: url,
          statusListIndex: index,
          ...entry,
        },
      }
      const told = await verify({ ...document, proof: await issuer.prove(document) })
      t.equal(told.checks.status, 'status-message')
      const found = told.answer.body.checks.find(({ check }: { check: string }) => check === 'status')
      t.match(found.message, message)
    }
    t.equal(await status({ statusPurpose: 'refresh', statusListIndex: '18' }), 'warning:status-refresh')
    t.equal(await status({ statusPurpose: 'x', statusListIndex: '18' }), 'warning:status-set')
    t.equal(await status({ statusPurpose: 'x', statusListIndex: '1' }), 'status-ok')
  })

  t.test('a list that cannot be fetched leaves it open', async (t) => {
    pages.delete('/lists/1')
    for (const statusListCredential of [
      `${origin}/lists/absent`,
      'http://elsewhere.example/lists/1',
      'https://localhost:1/',
      'https://10.0.0.1/lists/1',
      'urn:uuid:3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11',
      `https://elsewhere.example/${'a'.repeat(3000)}`,
    ])
      t.equal(await status({ statusListCredential }), 'warning:status-not-checked', statusListCredential)
  })

  t.test('a copy is kept for no longer than the list says', async (t) => {
    const path = '/lists/2'
    const statusListCredential = `${origin}${path}`
    const keep = (page: Json) =>
      pages.set(path, (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/vc', 'cache-control': 'max-age=3600' })
        response.end(JSON.stringify(page))
      })
    const fetches = () => asked.filter((one) => one === path).length
    keep(await list({ id: statusListCredential, validUntil: '2026-11-21T12:30:00Z' }, { ttl: 60_000 }))
    t.equal(await status({ statusListCredential }), 'status-ok')
    now.time += 60_000
    t.equal(await status({ statusListCredential }), 'status-ok')
    t.equal(fetches(), 1)
    now.time += 1
    t.equal(await status({ statusListCredential }), 'status-ok')
    t.equal(fetches(), 2, 'its ttl is over')
    now.time = Date.parse('2026-11-21T12:30:00Z')
    t.equal(await status({ statusListCredential }), 'failed:status-list-not-current')
    keep(await list({ id: statusListCredential }))
    now.time += 1
    t.equal(await status({ statusListCredential }), 'status-ok')
    now.time += 3_599_000
    t.equal(await status({ statusListCredential }), 'status-ok')
    t.equal(fetches(), 4, 'without a ttl, the answer says how long')
  })

  t.test('the older lists are read too', async (t) => {
    const context = [EXTENSIONS]
    const document = { ...unsigned(issuer.did), '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, ...context] }
    const { id } = document
    const cases: [unknown, string][] = [
      [{ revokedCredential: [] }, 'status-ok'],
      [{ revokedCredential: [{ id: 'urn:other' }, { id }] }, 'failed:status-revoked'],
      [{ revokedCredential: [{ id, revoked: true }] }, 'failed:status-revoked'],
      [{ revokedCredential: [{ id, revoked: false }] }, 'status-ok'],
      [{ revokedCredential: 'x' }, 'warning:status-not-checked'],
      [{}, 'warning:status-not-checked'],
    ]
    for (const [page, expected] of cases) {
      pages.set('/revoked', page as object)
      const credentialStatus = { id: `${origin}/revoked`, type: '1EdTechRevocationList' }
      const credential = { ...document, credentialStatus }
      const told = await verify({ ...credential, proof: await issuer.prove(credential) })
      t.equal(told.checks.status, expected, JSON.stringify(page))
    }
    const { id: _, ...rest } = document as Json
    const nameless = { ...rest, credentialStatus: { id: `${origin}/revoked`, type: '1EdTechRevocationList' } }
    const unnamed = await verify({ ...nameless, proof: await issuer.prove(nameless) })
    t.equal(
      unnamed.checks.status,
      'failed:status-entry-malformed',
      'the list names what it revokes by the id',
    )
    // These are of the older data model, whose contexts the newer one does not bear.
    const contexts = [CREDENTIALS_V1, 'https://w3id.org/vc/status-list/2021/v1', DATA_INTEGRITY_V2]
    const { validFrom: issuanceDate, ...badge } = unsigned(issuer.did)
    for (const [statusListIndex, expected] of [
      [String(REVOKED), 'failed:status-revoked'],
      ['1', 'status-ok'],
    ] as const) {
      pages.set(
        '/lists/1',
        await list(
          {
            '@context': contexts,
            type: ['VerifiableCredential', 'StatusList2021Credential'],
            validFrom: undefined,
            issuanceDate,
          },
          { type: 'StatusList2021', encodedList: bits.slice(1) },
        ),
      )
      const credentialStatus = {
        id: `${url}#${statusListIndex}`,
        type: 'StatusList2021Entry',
        statusPurpose: 'revocation',
        statusListIndex,
        statusListCredential: url,
      }
      const [v1, ...others] = contexts
      const all = [v1, 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json', ...others]
      const old = { ...badge, issuanceDate, '@context': all, credentialStatus }
      const told = await verify({ ...old, proof: await issuer.prove(old) })
      t.equal(told.checks.status, expected)
      t.equal(told.checks.proof, 'proof-ok')
    }
  })
})
