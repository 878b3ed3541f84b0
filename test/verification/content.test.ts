import t from 'tap'
import { CREDENTIALS_V1, CREDENTIALS_V2, ED25519_2020, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { ALL_WELL, foreignIssuer, type Told, unsigned, verifier } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const call = caller(service.app)
const verify = verifier(service.app)
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const fetched = async (path: string): Promise<Json> => (await call('GET', path)).body

const base = unsigned('did:web:elsewhere.example')
const subject = base.credentialSubject
const achievement = subject.achievement as Json
const inAchievement = (change: Json) => ({
  credentialSubject: { ...subject, achievement: { ...achievement, ...change } },
})

/** Name, change to a well-formed credential, the check that tells of it, the code, the place it names. */
const FAULTS: [string, Json, string, string, string?][] = [
  [
    'an unknown context',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, 'https://evil.example/c'] },
    'terms',
    'terms-context-unknown',
    'https://evil.example/c',
  ],
  [
    'a context of another scheme',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, 'file:///etc/passwd'] },
    'terms',
    'terms-context-unknown',
  ],
  [
    'a relative context',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, 'context.json'] },
    'terms',
    'terms-context-unknown',
  ],
  ['an undefined term', { shoeSize: 42 }, 'terms', 'terms-undefined'],
  ['an undefined term deep inside', inAchievement({ shoeSize: 42 }), 'terms', 'terms-undefined'],
  ['an undefined type', { type: [...base.type, 'Diplomette'] }, 'terms', 'terms-undefined'],
  ['a relative id', inAchievement({ id: 'achievements/1' }), 'terms', 'terms-relative'],
  ['no context', { '@context': undefined }, 'context', 'context-credentials'],
  [
    'the contexts the other way round',
    { '@context': [OPEN_BADGES_V3, CREDENTIALS_V2] },
    'context',
    'context-credentials',
  ],
  ['no Open Badges context', { '@context': [CREDENTIALS_V2] }, 'context', 'context-open-badges'],
  [
    'another second context',
    { '@context': [CREDENTIALS_V2, ED25519_2020, OPEN_BADGES_V3] },
    'context',
    'context-open-badges',
  ],
  [
    'a context of its own that redefines a term',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, { name: 'https://evil.example/name' }] },
    'terms',
    'terms-not-plain',
  ],
  [
    'a context of its own inside',
    inAchievement({ '@context': { x: 'https://evil.example/x' } }),
    'terms',
    'terms-not-plain',
  ],
  ['a context that is taken away inside', inAchievement({ '@context': null }), 'terms', 'terms-not-plain'],
  ['a keyword', { '@index': 'unsigned words' }, 'terms', 'terms-not-plain'],
  ['no id', { id: undefined }, 'schema', 'schema-broken', ' /id.'],
  ['no type', { type: undefined }, 'schema', 'schema-broken', '/type'],
  ['another type', { type: ['VerifiableCredential'] }, 'schema', 'schema-broken', '/type'],
  ['no subject', { credentialSubject: undefined }, 'schema', 'schema-broken', '/credentialSubject'],
  [
    'no achievement',
    { credentialSubject: { ...subject, achievement: undefined } },
    'schema',
    'schema-broken',
    '/credentialSubject/achievement',
  ],
  [
    'an achievement without a name',
    inAchievement({ name: undefined }),
    'schema',
    'schema-broken',
    '/credentialSubject/achievement/name',
  ],
  [
    'a name that is a number',
    inAchievement({ name: 1 }),
    'schema',
    'schema-broken',
    '/credentialSubject/achievement/name',
  ],
  ['no issuer', { issuer: undefined }, 'issuer', 'issuer-missing'],
  ['an issuer without an id', { issuer: { type: ['Profile'] } }, 'issuer', 'issuer-missing'],
  [
    'a subject who is nobody',
    { credentialSubject: { ...subject, id: undefined } },
    'subject',
    'subject-nobody',
  ],
  [
    'a subject with an empty list of identifiers',
    { credentialSubject: { ...subject, id: undefined, identifier: [] } },
    'subject',
    'subject-nobody',
  ],
  ['a list of subjects', { credentialSubject: [subject, subject] }, 'subject', 'subject-not-one'],
  ['criteria that say nothing', inAchievement({ criteria: {} }), 'subject', 'subject-no-criteria'],
  [
    'criteria that are blank',
    inAchievement({ criteria: { narrative: ' ' } }),
    'subject',
    'subject-no-criteria',
  ],
  ['no beginning', { validFrom: undefined }, 'issuance', 'issuance-missing'],
  ['no beginning', { validFrom: undefined }, 'schema', 'schema-broken', '/validFrom'],
  ['a beginning in the future', { validFrom: '2999-01-01T00:00:00Z' }, 'issuance', 'issuance-future', '2999'],
  [
    'an end in the past',
    { validUntil: '2024-06-01T00:00:00Z' },
    'expiration',
    'expiration-past',
    '1 June 2024',
  ],
  ['an end that is no date', { validUntil: 'never' }, 'schema', 'schema-broken', '/validUntil'],
  ['an end that is null', { validUntil: null }, 'schema', 'schema-broken', '/validUntil'],
  [
    'a day that does not exist',
    { validFrom: '2024-02-30T00:00:00Z' },
    'schema',
    'schema-broken',
    '/validFrom',
  ],
  ['a date without a zone', { validFrom: '2024-01-01T00:00:00' }, 'schema', 'schema-broken', '/validFrom'],
  ['an image that is a text', { image: 'https://x.example/i.png' }, 'schema', 'schema-broken', '/image'],
  ['two states', { credentialStatus: [{ type: 'A' }, { type: 'B' }] }, 'schema', 'schema-broken', 'Status'],
  ['an issuer of no type', { issuer: { id: 'did:web:x' } }, 'schema', 'schema-broken', '/issuer/type'],
  ['no type', { type: undefined }, 'type', 'type-no-credential'],
  ['a type that is an object', { type: { OpenBadgeCredential: 1 } }, 'type', 'type-no-credential'],
  ['no credential', { type: ['OpenBadgeCredential'] }, 'type', 'type-no-credential'],
  ['another kind of credential', { type: ['VerifiableCredential'] }, 'type', 'type-no-badge'],
  [
    'a list of statuses',
    { type: ['VerifiableCredential', 'BitstringStatusListCredential'] },
    'type',
    'type-no-badge',
  ],
]

t.test('each fault is told by the check that it breaks, and the rest is still checked', async (t) => {
  for (const [name, change, check, code, place] of FAULTS) {
    const told = await verify({ ...base, ...change })
    t.equal(told.checks[check], `failed:${code}`, name)
    t.equal(told.valid, false, name)
    t.equal(Object.keys(told.checks).length, Object.keys(ALL_WELL).length, name)
    if (place) t.ok(messageOf(told, check).includes(place), `${name}: ${messageOf(told, check)}`)
  }
})

t.test('a genuine signature does not make up for a fault of the content', async (t) => {
  const stranger = foreignIssuer()
  const expired = await verify(await stranger.issue({ validUntil: '2024-06-01T00:00:00Z' }))
  t.equal(expired.checks.proof, 'proof-ok')
  t.equal(expired.valid, false)
  const early = await verify(await stranger.issue({ validFrom: '2999-01-01T00:00:00Z' }))
  t.equal(early.checks.proof, 'proof-ok')
  t.equal(early.valid, false)
  const legacy = {
    '@context': [CREDENTIALS_V1, OPEN_BADGES_V3],
    validFrom: undefined,
    issuanceDate: '2020-01-01T00:00:00Z',
  }
  const older = await verify(
    await stranger.issue(JSON.parse(JSON.stringify({ ...legacy, expirationDate: '2999-01-01T00:00:00Z' }))),
  )
  t.match(older.checks, {
    context: 'context-ok',
    schema: 'schema-ok',
    expiration: 'expiration-ok',
    issuance: 'issuance-ok',
  })
})

t.test('a badge of ours is valid from its first to its last second', async (t) => {
  const { path } = await award(tenant, badge.id, {
    validFrom: '2030-01-01T00:00:00Z',
    validUntil: '2031-01-01T00:00:00Z',
  })
  const credential = await fetched(path)
  const [begun, lasting] = [{ issuance: 'issuance-ok' }, { expiration: 'expiration-ok' }]
  const times = [
    ['2029-12-31T23:58:59Z', { ...lasting, issuance: 'failed:issuance-future' }],
    ['2030-01-01T00:00:00Z', { ...lasting, ...begun }],
    ['2030-12-31T23:59:59Z', { ...lasting, ...begun }],
    ['2031-01-01T00:00:00Z', { ...begun, expiration: 'failed:expiration-past' }],
  ] as const
  for (const [time, expected] of times) {
    service.setTime(time)
    const told = await verify(credential)
    t.strictSame(told.checks, { ...ALL_WELL, ...expected }, time)
    t.equal(told.valid, !Object.values(expected).some((code) => code.startsWith('failed')))
  }
})

function messageOf({ answer }: Told, name: string): string {
  return answer.body.checks.find(({ check }: { check: string }) => check === name).message
}
