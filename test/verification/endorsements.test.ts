import t from 'tap'
import { FetchRefused } from '../../src/outgoing/guarded-fetch.ts'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { signJwt } from '../../src/vc/jwt.ts'
import { generateKeyPair, privateKeyFrom, type SigningKey } from '../../src/vc/keys.ts'
import { servedDocuments } from '../support/foreign-documents.ts'
import { type ForeignIssuer, foreignIssuer, sign, unsigned, verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'
import { threadTime } from '../support/thread-time.ts'
import { enduring, LONGEST_MS } from './enduring.ts'

const { foreign, asked } = servedDocuments()
const service = await startService(t, {}, { foreign })
service.setTime('2026-10-01T12:00:00Z')
const verify = verifier(service.app)
const issuer = foreignIssuer()
const endorser = foreignIssuer()

const SUBJECT = unsigned(issuer.did).credentialSubject as { achievement: Json } & Json
const ACHIEVEMENT = SUBJECT.achievement.id as string

/** What an endorser says, before it is signed. */
const endorsement = (about: string, change: object = {}, by = endorser) => ({
  ...unsigned(by.did),
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Recommandation',
  credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'Très bien.' },
  ...change,
})
const endorse = (about: string, change: object = {}, by: ForeignIssuer = endorser) =>
  sign(endorsement(about, change, by) as never, by.key)

/** An endorser whose key can sign tokens. */
function tokenEndorser(): { did: string; key: SigningKey } {
  const { privateJwk } = generateKeyPair('P-256')
  const { d: _, ...publicJwk } = privateJwk
  const did = `did:jwk:${Buffer.from(JSON.stringify(publicJwk)).toString('base64url')}`
  return {
    did,
    key: { id: `${did}#0`, controller: did, algorithm: 'P-256', privateKey: privateKeyFrom(privateJwk) },
  }
}
const byToken = tokenEndorser()
const endorseByToken = (about: string, change: object = {}) => {
  const issued = { ...endorsement(about, change), issuer: { id: byToken.did, type: ['Profile'] } }
  return signJwt(issued as never, byToken.key)
}

/** A badge as a token, because `endorsementJwt` is no term of every copy of the context. */
const badgeByToken = (change: object) =>
  signJwt({ ...unsigned(byToken.did), ...change } as never, byToken.key)

const inAchievement = (member: object) => ({
  credentialSubject: { ...SUBJECT, achievement: { ...SUBJECT.achievement, ...member } },
})

const TEXT = { 'content-type': 'text/plain' }

t.test('endorsements are found wherever they stand, and each is told', async (t) => {
  const profile = { type: ['Profile'], name: 'Ailleurs' }
  const credential = await issuer.issue({
    endorsement: [await endorse(ACHIEVEMENT), await endorse(issuer.did)],
    issuer: { id: issuer.did, ...profile, endorsement: [await endorse(issuer.did)] },
    ...inAchievement({
      endorsement: await endorse(ACHIEVEMENT),
      creator: {
        id: 'https://creator.example',
        ...profile,
        endorsement: [await endorse('https://creator.example')],
      },
    }),
  })
  const told = await verify(credential)
  t.equal(told.valid, true)
  t.equal(told.checks.endorsements, 'endorsements-ok')
  const { endorsements } = told.answer.body
  t.strictSame(endorsements.map(({ path }: { path: string }) => path).sort(), [
    '/credentialSubject/achievement/creator/endorsement/0',
    '/credentialSubject/achievement/endorsement',
    '/endorsement/0',
    '/endorsement/1',
    '/issuer/endorsement/0',
  ])
  for (const one of endorsements) {
    t.match(one, {
      id: /^urn:uuid:/,
      issuer: { id: endorser.did, name: 'Ailleurs', trust: 'confirmed' },
      comment: 'Très bien.',
      valid: true,
      verdict: { code: 'valid-issuer-unknown', message: /^This endorsement is intact/ },
    })
    t.strictSame(
      one.checks.map(({ check }: { check: string }) => check),
      'terms context type schema named-schemas subject issuer proof status expiration issuance'.split(' '),
    )
  }
  t.strictSame(new Set(endorsements.map(({ about }: { about: string }) => about)).size, 3)
})

t.test('endorsements that are signed as tokens are verified too', async (t) => {
  const other = await endorseByToken(ACHIEVEMENT)
  const altered = other.replace(/\.([^.]+)$/, (_, signature) => `.${[...signature].reverse().join('')}`)
  const credential = await badgeByToken({
    endorsementJwt: [await endorseByToken(ACHIEVEMENT), altered],
    ...inAchievement({ endorsementJwt: await endorseByToken(ACHIEVEMENT) }),
  })
  const told = await verify(credential, TEXT)
  t.equal(told.checks.proof, 'proof-ok')
  t.equal(told.checks.endorsements, 'warning:endorsements-failed')
  const verdicts = told.answer.body.endorsements.map((one: Json) => [one.path, (one.verdict as Json).code])
  t.strictSame(Object.fromEntries(verdicts), {
    '/endorsementJwt/0': 'valid-issuer-unknown',
    '/endorsementJwt/1': 'altered',
    '/credentialSubject/achievement/endorsementJwt': 'valid-issuer-unknown',
  })
})

t.test(
  'an endorsement of which nothing proves who wrote it is told, and the badge stays valid',
  async (t) => {
    const nobody = foreignIssuer('https://elsewhere.example/author')
    const told = await verify(await issuer.issue({ endorsement: [await endorse(issuer.did, {}, nobody)] }))
    t.equal(told.valid, true)
    t.equal(told.checks.endorsements, 'warning:endorsements-unconfirmed')
    t.match(told.answer.body.verdict.message, /nothing proves who wrote them/)
    t.equal(told.answer.body.endorsements[0].verdict.code, 'valid-issuer-unconfirmed')
  },
)

const FAULTY: [string, () => Promise<unknown>, verdict: string, check: [name: string, code: string]][] = [
  [
    'altered',
    async () => ({ ...(await endorse(ACHIEVEMENT)), name: 'x' }),
    'altered',
    ['proof', 'proof-invalid'],
  ],
  [
    'not signed',
    async () => ({ ...(await endorse(ACHIEVEMENT)), proof: undefined }),
    'not-signed',
    ['proof', 'proof-missing'],
  ],
  [
    'signed by another',
    () => endorse(ACHIEVEMENT, { issuer: { id: foreignIssuer().did, type: ['Profile'] } }),
    'signed-by-another',
    ['proof', 'proof-issuer-mismatch'],
  ],
  [
    'expired',
    () => endorse(ACHIEVEMENT, { validUntil: '2026-01-01T00:00:00Z' }),
    'expired',
    ['expiration', 'expiration-past'],
  ],
  [
    'not valid yet',
    () => endorse(ACHIEVEMENT, { validFrom: '2027-01-01T00:00:00Z' }),
    'not-yet-valid',
    ['issuance', 'issuance-future'],
  ],
  [
    'of something else',
    () => endorse('https://other.example/1'),
    'about-another',
    ['subject', 'endorsement-elsewhere'],
  ],
  // As embedded ones, these would break the form of the badge itself.
  [
    'of nothing',
    () => endorseByToken('x:y', { credentialSubject: { type: ['EndorsementSubject'] } }),
    'malformed',
    ['subject', 'endorsement-about-nothing'],
  ],
  [
    'a badge',
    () => signJwt(unsigned(byToken.did), byToken.key),
    'not-a-badge',
    ['type', 'endorsement-other-type'],
  ],
  [
    'of the wrong form',
    () => endorseByToken(ACHIEVEMENT, { name: undefined }),
    'malformed',
    ['schema', 'schema-broken'],
  ],
]

for (const [name, make, verdict, [check, code]] of FAULTY) {
  t.test(`an endorsement that is ${name} leaves the badge valid, with a warning`, async (t) => {
    const good = await endorse(ACHIEVEMENT)
    const faulty = await make()
    const isToken = typeof faulty === 'string'
    const credential = isToken
      ? await badgeByToken({ endorsementJwt: [await endorseByToken(ACHIEVEMENT), faulty] })
      : await issuer.issue({ endorsement: [good, JSON.parse(JSON.stringify(faulty))] })
    const type = isToken ? 'text/plain' : 'application/json'
    const told = await verify(credential, { 'content-type': type })
    t.equal(told.valid, true)
    t.equal(told.checks.endorsements, 'warning:endorsements-failed')
    const { endorsements, verdict: overall, checks } = told.answer.body
    t.match(overall.message, /Endorsements in it could not be confirmed: leave those aside\.$/)
    t.match(checks.at(-1).message, /could not be confirmed: 1 of 2\./)
    t.equal(endorsements[0].valid, true)
    t.equal(endorsements[1].valid, false)
    t.equal(endorsements[1].verdict.code, verdict)
    t.equal(endorsements[1].checks.find((one: Json) => one.check === check).code, code)
    const french = (await verify(credential, { 'accept-language': 'fr', 'content-type': type })).answer.body
      .endorsements[1]
    t.match(french.verdict.message, /recommandation/)
  })
}

t.test('what is no endorsement at all is told as such', async (t) => {
  for (const value of ['hello', 'a.b.c', '', 7, null, [[]], `${'x'.repeat(50)}.e30.x`]) {
    const members = { endorsementJwt: ['e30.e30.e30', value], endorsement: ['urn:x:1', value] }
    const told = await verify(await badgeByToken(members), TEXT)
    t.equal(told.status, 200)
    t.ok(told.answer.body.endorsements.length >= 3)
    for (const one of told.answer.body.endorsements) t.equal(one.verdict.code, 'not-a-badge')
  }
})

t.test('an endorsement that holds U+0000 is not read', async (t) => {
  const token = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.${Buffer.from('{"issuer":"\\u0000"}').toString('base64url')}.AAAA`
  const told = await verify(await badgeByToken({ endorsementJwt: [token] }), TEXT)
  t.equal(told.status, 200)
  t.strictSame(told.answer.body.endorsements[0].checks[0].code, 'endorsement-unreadable')
})

t.test('the endorsements of an endorsement are not followed', async (t) => {
  const inner = await endorse(endorser.did)
  const outer = await endorse(ACHIEVEMENT, {
    issuer: { id: endorser.did, type: ['Profile'], endorsement: [inner] },
  })
  const told = await verify(await issuer.issue({ endorsement: [outer] }))
  t.equal(told.answer.body.endorsements.length, 1)
  t.equal(told.checks.endorsements, 'endorsements-ok')
})

t.test('an endorsement that is handed in by itself is verified as one', async (t) => {
  const told = await verify(await endorse(ACHIEVEMENT), { 'accept-language': 'fr' })
  t.equal(told.valid, true)
  t.equal(told.verdict, 'valid-issuer-unknown')
  t.match(told.checks, {
    type: 'type-endorsement',
    subject: 'endorsement-about',
    endorsements: 'skipped:endorsements-of-endorsement',
  })
  t.match(told.answer.body.verdict.message, /^Cette recommandation est intacte/)
  const expired = await verify(await endorse(ACHIEVEMENT, { validUntil: '2026-01-01T00:00:00Z' }))
  t.equal(
    expired.answer.body.verdict.message,
    'This endorsement is no longer valid: it expired on 1 January 2026.',
  )
})

t.test('twenty endorsements are verified, in time', async (t) => {
  const endorsements = await Promise.all(Array.from({ length: 21 }, () => endorse(ACHIEVEMENT)))
  const twenty = await issuer.issue({ endorsement: endorsements.slice(1) })
  const start = threadTime()
  const told = await verify(twenty)
  t.ok(threadTime() - start < 2 * LONGEST_MS)
  t.equal(told.checks.endorsements, 'endorsements-ok')
  t.equal(told.answer.body.endorsements.length, 20)
  const more = await verify(await issuer.issue({ endorsement: endorsements }))
  t.equal(more.valid, true)
  t.equal(more.checks.endorsements, 'warning:endorsements-too-many')
  t.equal(more.answer.body.endorsements.length, 20)
})

t.test('endorsements that were made to take long are not begun', async (t) => {
  const endures = enduring(verify)
  const good = await endorse(ACHIEVEMENT)
  const evidence = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ type: ['Evidence'], name: `${i}` }))
  const badge = async (member: object) => ({ ...(await issuer.issue()), ...member, name: 'Autre' })
  const proofs = (count: number) => Array(count).fill(good.proof[0])
  const token = (payload: object) => `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.AAAA`
  const contexts = (count: number) => ({
    ...good,
    '@context': [CREDENTIALS_V2, ...Array(count).fill(OPEN_BADGES_V3)],
  })
  const cases: [string, object, expected: string | number][] = [
    ['many proofs', { endorsement: [{ ...good, proof: proofs(5) }] }, 'too-complex'],
    ['the most proofs', { endorsement: Array(20).fill({ ...good, proof: proofs(4) }) }, 'too-complex'],
    [
      'large ones',
      { endorsement: Array(6).fill({ ...good, evidence: evidence(95), proof: proofs(4) }) },
      'too-complex',
    ],
    ['many contexts', { endorsement: Array(3).fill(contexts(20)) }, 'too-complex'],
    ['a large token', { endorsementJwt: [token({ ...good, evidence: evidence(2000) })] }, 'too-complex'],
    [
      'many large tokens',
      { endorsementJwt: Array(20).fill(token({ ...good, evidence: evidence(190) })) },
      'too-complex',
    ],
    ['thousands', { endorsement: Array(30_000).fill({}) }, 'too-complex'],
    ['as many as may be', { endorsement: Array(2000).fill('x') }, 200],
    ['nodes that are alike', { endorsement: Array(4).fill({ ...good, related: clique(8) }) }, 200],
  ]
  for (const [name, member, expected] of cases) {
    await endures(t, name, await badge(member), 'application/json', expected)
  }
})

/** A badge that twenty strangers endorse, each with a DID document and a status list somewhere. */
async function widelyEndorsed() {
  const endorsements = Array.from({ length: 20 }, async (_, i) => {
    const credentialStatus = {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '1',
      statusListCredential: `https://list${i}.example/1`,
    }
    return endorse(ACHIEVEMENT, { credentialStatus }, foreignIssuer(`did:web:e${i}.example`))
  })
  return issuer.issue({ endorsement: await Promise.all(endorsements) })
}

t.test('a badge cannot make the service call on many addresses', async (t) => {
  asked.length = 0
  const told = await verify(await widelyEndorsed())
  t.equal(told.valid, true)
  t.ok(asked.includes('https://e0.example/.well-known/did.json'))
  t.equal(new Set(asked).size, 30)
  t.equal(told.answer.body.endorsements.at(-1).verdict.code, 'not-verifiable')
})

t.test('a badge cannot make the service wait for long', async (t) => {
  const asked: string[] = []
  const slow = await startService(
    t,
    {},
    {
      foreign: {
        get: async (url) => {
          asked.push(url)
          slow.setTime(new Date(slow.ctx.clock().getTime() + 5000))
          throw new FetchRefused('it took too long')
        },
      },
    },
  )
  slow.setTime('2026-10-01T12:00:00Z')
  t.equal((await verifier(slow.app)(await widelyEndorsed())).valid, true)
  t.equal(asked.length, 3)
})

/** Nodes that all refer to each other: naming them in a fixed order is the hard case of RDFC-1.0. */
function clique(size: number): object[] {
  const type = ['Related']
  return Array.from({ length: size }, (_, i) => ({
    id: `_:b${i}`,
    type,
    related: Array.from({ length: size }, (_, j) => ({ id: `_:b${j}`, type })),
  }))
}
