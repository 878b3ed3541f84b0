import t from 'tap'
import type { Json } from '../../src/vc/credential.ts'
import type { Check } from '../../src/verification/steps.ts'
import { judge } from '../../src/verification/verdict.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { foreignIssuer, sign, unsigned, verifier } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'

const NOW = '2026-10-01T12:00:00Z'

const service = await startService(t)
service.setTime(NOW)
const call = caller(service.app)
const verify = verifier(service.app)
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const stranger = foreignIssuer()
const FRENCH = { 'accept-language': 'fr' }

const fetched = async (overrides: object = {}): Promise<Json> =>
  (await call('GET', (await award(tenant, badge.id, overrides)).path)).body

/** Named by an address that is no DID; signed with a key that is nobody’s. */
const unconfirmed = (change: object = {}) => {
  const { publicKeyMultibase, key } = foreignIssuer()
  const id = `did:key:${publicKeyMultibase}#${publicKeyMultibase}`
  return sign({ ...unsigned('https://school.example/issuers/1'), ...change } as never, { ...key, id })
}

interface Expected {
  readonly verdict: string
  readonly valid?: true
  readonly trust?: 'ours' | 'confirmed' | 'unconfirmed'
  readonly says: [en: RegExp, fr: RegExp]
}

const CASES: [string, () => Promise<unknown>, Expected][] = [
  [
    'a badge of ours',
    () => fetched(),
    {
      verdict: 'valid',
      valid: true,
      trust: 'ours',
      says: [
        /^This badge is genuine and currently valid\. It was issued by Association d’insertion\. Make sure/,
        /^Ce badge est authentique et en cours de validité\. Il a été émis par Association d’insertion\. Assurez-vous/,
      ],
    },
  ],
  [
    'a badge of a stranger with a key of its own',
    () => stranger.issue(),
    {
      verdict: 'valid-issuer-unknown',
      valid: true,
      trust: 'confirmed',
      says: [
        /this service does not know its issuer, which calls itself Ailleurs \(did:key:z6Mk\w+\)\. Check with/,
        /ne connaît pas son émetteur, qui se présente comme Ailleurs \(did:key:z6Mk\w+\)\. Vérifiez auprès/,
      ],
    },
  ],
  [
    'a badge that anybody could have signed',
    () => unconfirmed(),
    {
      verdict: 'valid-issuer-unconfirmed',
      valid: true,
      trust: 'unconfirmed',
      says: [
        /nothing proves that it really comes from the issuer that it names, Ailleurs \(https:\/\/school\.example\/issuers\/1\)/,
        /rien ne prouve qu’il vient bien de l’émetteur qu’il nomme, Ailleurs .*demandez-lui confirmation/,
      ],
    },
  ],
  [
    'an altered badge',
    async () => ({ ...(await fetched()), name: 'Autre' }),
    {
      verdict: 'altered',
      trust: 'unconfirmed',
      says: [
        /altered after it was issued, or is false\. Do not rely on it/,
        /a été modifié .* ou il est faux\. Ne vous y fiez pas/,
      ],
    },
  ],
  [
    'an altered badge of which all else is wrong too',
    async () => ({
      ...(await fetched({ validUntil: '2026-10-02T00:00:00Z' })),
      validFrom: '2040-01-01T00:00:00Z',
    }),
    { verdict: 'altered', says: [/altered/, /modifié/] },
  ],
  [
    'a badge without a signature',
    async () => {
      const { proof: _, ...rest } = await fetched()
      return rest
    },
    {
      verdict: 'not-signed',
      trust: 'unconfirmed',
      says: [/anybody could have written it/, /n’importe qui a pu l’écrire/],
    },
  ],
  [
    'a badge in the name of one, signed by another',
    () => foreignIssuer(stranger.did, `${foreignIssuer().did}#x`).issue(),
    {
      verdict: 'signed-by-another',
      says: [/names Ailleurs .* as its issuer/, /nomme Ailleurs .* comme émetteur/],
    },
  ],
  [
    'an expired badge',
    () => stranger.issue({ validUntil: '2026-05-03T23:00:00+02:00' }),
    {
      verdict: 'expired',
      trust: 'confirmed',
      says: [
        /no longer valid: it expired on 3 May 2026\. Ask/,
        /plus valable depuis le 3 mai 2026\. Demandez/,
      ],
    },
  ],
  [
    'a badge with a signature that expired',
    () =>
      stranger
        .issue()
        .then((one) => ({ ...one, proof: [{ ...one.proof[0], expires: '2026-01-01T00:00:00Z' }] })),
    {
      verdict: 'expired',
      says: [/^This badge is no longer valid\. Ask/, /^Ce badge n’est plus valable\. Demandez/],
    },
  ],
  [
    'a badge of the future',
    () => stranger.issue({ validFrom: '2027-01-01T00:00:00Z' }),
    {
      verdict: 'not-yet-valid',
      says: [/not valid before 1 January 2027/, /n’est pas valable avant le 1er janvier 2027/],
    },
  ],
  [
    'a badge that does not follow the standard',
    () => stranger.issue({ issuer: { id: stranger.did, type: ['Profile'], name: 42 } }),
    { verdict: 'malformed', says: [/does not follow the Open Badges 3\.0 standard/, /ne suit pas la norme/] },
  ],
  [
    'a badge of an issuer that cannot be asked',
    () => foreignIssuer('did:web:school.example').issue(),
    {
      verdict: 'not-verifiable',
      trust: 'unconfirmed',
      says: [
        /not necessarily false\. Ask its issuer to confirm it\.$/,
        /ne veut pas dire qu’il est faux\. Demandez confirmation/,
      ],
    },
  ],
  [
    'a badge with a signature of an unknown kind',
    () => stranger.issue().then((one) => ({ ...one, proof: [{ ...one.proof[0], cryptosuite: 'bbs-2023' }] })),
    { verdict: 'not-verifiable', says: [/could not be checked from here/, /n’a pas pu être vérifié d’ici/] },
  ],
  [
    'a badge in words that are not known here',
    () =>
      stranger.issue().then((one) => ({
        ...one,
        '@context': [...(one['@context'] as string[]), 'https://school.example/v1'],
      })),
    { verdict: 'not-verifiable', says: [/could not be checked from here/, /n’a pas pu être vérifié d’ici/] },
  ],
  [
    'another credential',
    () => stranger.issue({ type: ['VerifiableCredential'] }),
    {
      verdict: 'other-credential',
      trust: 'confirmed',
      says: [
        /a digital credential, but not an Open Badges 3\.0 badge/,
        /une attestation numérique, mais pas un badge Open Badges 3\.0/,
      ],
    },
  ],
  [
    'a badge that names no issuer',
    () => stranger.issue().then(({ issuer: _, ...one }) => one),
    { verdict: 'malformed', says: [/does not follow/, /ne suit pas la norme/] },
  ],
  [
    'a badge with neither issuer nor signature',
    () => stranger.issue().then(({ issuer: _, proof: _p, ...one }) => one),
    { verdict: 'not-signed', says: [/is not signed/, /n’est pas signé/] },
  ],
  [
    'the address of nothing',
    async () => ({ url: `${service.ctx.config.publicUrl}/credentials/3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11` }),
    {
      verdict: 'not-found',
      says: [/no badge at this address: check the link/, /Aucun badge ne se trouve à cette adresse\u00a0:/],
    },
  ],
  [
    'some JSON',
    async () => ({ hello: 1 }),
    { verdict: 'not-a-badge', says: [/No Open Badges/, /Aucun badge/] },
  ],
]

for (const [name, make, { verdict, valid = false, trust, says }] of CASES) {
  t.test(`${name} is ${verdict}`, async (t) => {
    const document = await make()
    const told = await verify(document)
    t.equal(told.verdict, verdict, told.answer.text.slice(0, 2000))
    t.equal(told.valid, valid)
    if (trust) t.equal(told.answer.body.issuer.trust, trust)
    t.match(told.answer.body.verdict.message, says[0])
    t.match((await verify(document, FRENCH)).answer.body.verdict.message, says[1])
  })
}

t.test('a revoked badge of ours is revoked, even when it has expired', async (t) => {
  const { id, path } = await award(tenant, badge.id, { validUntil: '2026-10-02T00:00:00Z' })
  const { body } = await call('GET', path)
  await tenant.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Erreur' })
  service.setTime('2026-12-01T00:00:00Z')
  t.teardown(() => service.setTime(NOW))
  const told = await verify(body, FRENCH)
  t.equal(told.verdict, 'revoked')
  t.equal(told.checks.expiration, 'failed:expiration-past')
  t.match(told.answer.body.verdict.message, /^L’émetteur a révoqué ce badge\u00a0: il n’est plus valable/)
})

t.test('the name of a stranger stays in its place', async (t) => {
  const names: [unknown, RegExp][] = [
    ['École {fr} : $& {issuer}', /comme École \{fr\} : \$& \{issuer\} \(did:key:/],
    [
      'Ministère\n\n\u202eCe badge est\u0007 authentique',
      /comme Ministère Ce badge est authentique \(did:key:/,
    ],
    ['x'.repeat(5000), /comme x{149}… \(did:key:/],
    [' \u200b ', /comme did:key:\w+\./],
  ]
  for (const [name, expected] of names) {
    const credential = await stranger.issue({ issuer: { id: stranger.did, type: ['Profile'], name } })
    t.match((await verify(credential, FRENCH)).answer.body.verdict.message, expected)
  }
  const bare = await verify(await stranger.issue({ issuer: stranger.did }), FRENCH)
  t.match(bare.answer.body.issuer, { id: stranger.did, trust: 'confirmed' })
  t.notOk('name' in bare.answer.body.issuer)
})

t.test('a stranger cannot take the name of an issuer of ours', async (t) => {
  const told = await verify(await foreignIssuer(tenant.did).issue())
  t.equal(told.verdict, 'signed-by-another')
  t.equal(told.answer.body.issuer.trust, 'unconfirmed')
})

t.test('the most severe comes first', (t) => {
  const found: [string, Partial<Record<Check['check'], Check['code']>>][] = [
    ['altered', { proof: 'proof-invalid', status: 'status-revoked', expiration: 'expiration-past' }],
    ['signed-by-another', { proof: 'proof-key-ended', status: 'status-revoked' }],
    ['revoked', { status: 'status-revoked', expiration: 'expiration-past', schema: 'schema-broken' }],
    ['suspended', { status: 'status-suspended', expiration: 'expiration-past' }],
    ['expired', { expiration: 'expiration-past', issuance: 'issuance-future', schema: 'schema-broken' }],
    ['not-yet-valid', { issuance: 'issuance-future', schema: 'schema-broken' }],
    ['malformed', { schema: 'schema-broken' }],
    ['malformed', { status: 'status-entry-malformed' }],
    ['malformed', { proof: 'proof-claims' }],
    ['not-verifiable', { status: 'status-unknown-list' }],
    ['not-verifiable', { parse: 'too-complex' }],
    ['not-a-badge', { parse: 'image-broken' }],
  ]
  for (const [code, codes] of found) {
    const checks = Object.entries(codes).map(([check, code]) => ({
      check,
      outcome: 'failed',
      code,
    })) as Check[]
    t.equal(judge(checks).code, code, JSON.stringify(codes))
  }
  t.end()
})

t.test('what stays open of a valid badge is added to its sentence', (t) => {
  const found: [Check['code'], string[]][] = [
    ['status-not-checked', ['status']],
    ['status-set', ['remark']],
    ['refresh-newer', ['newer']],
    ['endorsements-failed', ['endorsements']],
    ['status-ok', []],
  ]
  for (const [code, reservations] of found) {
    const proof = { check: 'proof', outcome: 'passed', code: 'proof-ok' } as const
    t.strictSame(
      judge([proof, { check: 'status', outcome: 'warning', code }]).reservations,
      reservations,
      code,
    )
    const invalid = { check: 'proof', outcome: 'failed', code: 'proof-invalid' } as const
    t.strictSame(judge([invalid, { check: 'status', outcome: 'warning', code }]).reservations, [], code)
  }
  t.end()
})
