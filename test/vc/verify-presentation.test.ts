import fc from 'fast-check'
import t from 'tap'
import {
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  DATA_INTEGRITY_V1,
  DATA_INTEGRITY_V2,
  ED25519_2020,
  OPEN_BADGES_V3,
} from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { createDataHasher } from '../../src/vc/engine/data-hasher.ts'
import { verifyPresentation as verifyWith } from '../../src/vc/verify-presentation.ts'
import { createWallet, type PresentationOptions, type PresentationSuite } from '../support/wallet.ts'

const challenge = 'b7e1c9e4b7e1c9e4b7e1c9e4b7e1c9e4'
const domain = 'https://badges.example'
const now = new Date('2026-03-01T00:00:00Z')
const expected = { challenge, domain, requireDomain: false, now }
const ed25519 = createWallet()
const p256 = createWallet('P-256')
const suites: [suite: PresentationSuite, wallet: typeof ed25519][] = [
  ['Ed25519Signature2020', ed25519],
  ['Ed25519Signature2020', createWallet('Ed25519', 'jwk')],
  ['eddsa-rdfc-2022', ed25519],
  ['eddsa-rdfc-2022', createWallet('Ed25519', 'jwk')],
  ['ecdsa-rdfc-2019', p256],
  ['ecdsa-rdfc-2019', createWallet('P-256', 'jwk')],
]
const present = (options: Partial<PresentationOptions> = {}, wallet = ed25519) =>
  wallet.present({ challenge, domain, ...options })
const proofOf = (presentation: Json) => presentation.proof as Json

const hash = createDataHasher()

/** The verdict, which must be the same by the direct way and by the engine, whatever that has seen before. */
async function verifyPresentation(presentation: unknown, expected: Parameters<typeof verifyWith>[1]) {
  const direct = await verifyWith(presentation, expected)
  for (let i = 0; i < 4; i++) {
    t.same(await verifyWith(presentation, { ...expected, hash }), direct, 'the engine says the same')
  }
  return direct
}

t.test('each suite with each kind of DID', async (t) => {
  for (const [suite, wallet] of suites) {
    const { did } = wallet
    const what = `${suite} of ${did.slice(0, 12)}`
    const presentation = await present({ suite }, wallet)
    t.same(await verifyPresentation(presentation, expected), { did }, what)
    t.same(
      await verifyPresentation({ ...presentation, proof: [presentation.proof] }, expected),
      { did },
      'proof in a list',
    )
    const text = JSON.parse(JSON.stringify(presentation))
    text.proof.proofValue = flip(text.proof.proofValue)
    t.same(await verifyPresentation(text, expected), { fault: 'signature' }, `${what}, altered`)
  }
})

t.test('the forms that wallets give it', async (t) => {
  const forms: [what: string, options: Partial<PresentationOptions>][] = [
    ['VCDM 1.1 with the suite context', {}],
    ['VCDM 2.0 with the suite context', { presentation: { '@context': [CREDENTIALS_V2, ED25519_2020] } }],
    ['with an id', { presentation: { id: 'urn:uuid:5a1d9a35-3b2a-4f0c-8c12-0f7d6c1f2b11' } }],
    ['without holder', { presentation: { holder: undefined } }],
    ['holder as an object', { presentation: { holder: { id: ed25519.did } } }],
    ['the type as one text', { presentation: { type: 'VerifiablePresentation' } }],
    ['no credential in it', { presentation: { verifiableCredential: [] } }],
    ['the context as one text', { suite: 'eddsa-rdfc-2022', presentation: { '@context': CREDENTIALS_V2 } }],
    ['Open Badges beside', { presentation: { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, ED25519_2020] } }],
    [
      'VCDM 1.1 with Data Integrity',
      { suite: 'eddsa-rdfc-2022', presentation: { '@context': [CREDENTIALS_V1, DATA_INTEGRITY_V2] } },
    ],
    [
      'and its first version',
      {
        suite: 'eddsa-rdfc-2022',
        proof: {},
        presentation: { '@context': [CREDENTIALS_V1, DATA_INTEGRITY_V1] },
      },
    ],
    ['no date', { suite: 'eddsa-rdfc-2022', proof: { created: undefined } }],
    ['a date to come until when it holds', { proof: { expires: '2026-03-01T00:00:01Z' } }],
    ['a proof with an id', { proof: { id: 'urn:uuid:5a1d9a35-3b2a-4f0c-8c12-0f7d6c1f2b12' } }],
    ['no domain', { domain: undefined }],
    ['the domain in a list', { proof: { domain: [domain] } }],
  ]
  for (const [what, options] of forms) {
    t.same(await verifyPresentation(await present(options), expected), { did: ed25519.did }, what)
  }
})

t.test('a suite context that was left out, or stands in the proof, is added', async (t) => {
  const cases: [suite: PresentationSuite, base: string, context: string][] = [
    ['Ed25519Signature2020', CREDENTIALS_V1, ED25519_2020],
    ['Ed25519Signature2020', CREDENTIALS_V2, ED25519_2020],
    ['eddsa-rdfc-2022', CREDENTIALS_V1, DATA_INTEGRITY_V2],
  ]
  for (const [suite, base, context] of cases) {
    const signed = await present({ suite, presentation: { '@context': [base, context] } })
    const without = { ...signed, '@context': [base] }
    t.same(await verifyPresentation(without, expected), { did: ed25519.did })
    t.same(await verifyPresentation({ ...signed, '@context': base }, expected), { did: ed25519.did })
    for (const own of [context, [context]]) {
      const inProof = { ...without, proof: { '@context': own, ...proofOf(signed) } }
      t.same(await verifyPresentation(inProof, expected), { did: ed25519.did })
    }
    for (const own of [OPEN_BADGES_V3, [context, CREDENTIALS_V1], 'https://example.org/', [1], {}]) {
      const inProof = { ...without, proof: { '@context': own, ...proofOf(signed) } }
      t.match(await verifyPresentation(inProof, expected), { fault: /contexts|shape/ })
    }
  }
})

t.test('the domain', async (t) => {
  const [without, right, wrong] = await Promise.all([
    present({ domain: undefined }),
    present(),
    present({ domain: 'https://elsewhere.example' }),
  ])
  const two = await present({ proof: { domain: [domain, 'https://elsewhere.example'] } })
  const empty = await present({ proof: { domain: '' } })
  const verdict = (presentation: Json, more: object) =>
    verifyPresentation(presentation, { ...expected, ...more })
  const ok = { did: ed25519.did }
  const fault = { fault: 'domain' }
  t.same(await verdict(without, {}), ok)
  t.same(await verdict(without, { requireDomain: true }), fault)
  t.same(await verdict(right, { requireDomain: true }), ok)
  t.same(await verdict(right, { domain: ['https://other.example', domain] }), ok)
  t.same(await verdict(wrong, {}), fault)
  t.same(await verdict(two, {}), fault)
  t.same(await verdict(empty, {}), fault)
  t.same(await verdict(wrong, { domain: undefined }), ok, 'nobody in particular')
})

t.test('what is well signed and yet not accepted', async (t) => {
  const other = createWallet()
  const cases: [fault: string, options: Partial<PresentationOptions>, wallet?: typeof ed25519][] = [
    ['challenge', { challenge: 'another' }],
    ['challenge', { proof: { challenge: undefined } }],
    ['challenge', { proof: { challenge: [challenge] } }],
    ['purpose', { proof: { proofPurpose: 'assertionMethod' } }],
    ['purpose', { proof: { proofPurpose: undefined } }],
    ['expired', { proof: { expires: '2026-02-28T23:59:59Z' } }],
    ['expired', { proof: { expires: '2026-03-01T00:00:00Z' } }],
    ['expired', { proof: { expires: 'tomorrow' } }],
    ['holder', { presentation: { holder: other.did } }],
    ['holder', { presentation: { holder: { id: other.did } } }],
    ['holder', { presentation: { holder: { type: 'VerifiablePresentation' } } }],
    ['shape', { presentation: { holder: [ed25519.did] } }],
    ['shape', { presentation: { id: `urn:example:${'x'.repeat(2048)}` } }],
    ['signature', { proof: { verificationMethod: other.keyId }, presentation: { holder: undefined } }],
    ['key', { proof: { verificationMethod: `${ed25519.did}#${other.did.slice(8)}` } }],
    ['key', { proof: { verificationMethod: `${other.did}#${ed25519.did.slice(8)}` } }],
    ['key', { proof: { verificationMethod: 'did:web:badges.example#key-1' } }],
    ['key', { proof: { verificationMethod: undefined } }],
    ['shape', { presentation: { type: 'VerifiableCredential', holder: undefined } }],
    ['contexts', { presentation: { '@context': Array(6).fill(CREDENTIALS_V1) } }],
    ['suite', { suite: 'eddsa-rdfc-2022', proof: { cryptosuite: 'eddsa-jcs-2022' } }],
    ['suite', { suite: 'eddsa-rdfc-2022', proof: { cryptosuite: undefined } }],
    ['suite', { suite: 'eddsa-rdfc-2022', proof: { cryptosuite: ['eddsa-rdfc-2022'] } }],
    ['signature', { suite: 'eddsa-rdfc-2022', proof: {} }, p256],
    ['signature', { suite: 'ecdsa-rdfc-2019', proof: {} }, ed25519],
  ]
  for (const [fault, options, wallet = ed25519] of cases) {
    const presentation = await present(options, wallet)
    t.same(await verifyPresentation(presentation, expected), { fault }, JSON.stringify(options))
  }
})

t.test('with any one text altered, missing or added it is refused', async (t) => {
  for (const [suite, wallet] of suites) {
    const presentation = await present(
      { suite, presentation: { id: 'urn:uuid:5a1d9a35-3b2a-4f0c-8c12-0f7d6c1f2b11' } },
      wallet,
    )
    for (const name of ['id', 'holder', 'type']) {
      const { [name]: _, ...without } = presentation
      const accepted = await verifyPresentation(without, expected)
      t.match(accepted, { fault: String }, `${suite} without ${name}`)
    }
    const proof = proofOf(presentation)
    for (const [name, value] of Object.entries(proof)) {
      const { [name]: _, ...without } = proof
      t.match(
        await verifyPresentation({ ...presentation, proof: without }, expected),
        { fault: String },
        name,
      )
      const altered = { ...proof, [name]: flip(String(value)) }
      t.match(
        await verifyPresentation({ ...presentation, proof: altered }, expected),
        { fault: String },
        name,
      )
    }
    const more: Json[] = [
      { ...presentation, id: 'urn:uuid:5a1d9a35-3b2a-4f0c-8c12-0f7d6c1f2b12' },
      { ...presentation, type: ['VerifiablePresentation', 'OpenBadgeCredential'] },
      { ...presentation, name: 'ajouté' },
      { ...presentation, proof: { ...proof, name: 'ajouté' } },
      { ...presentation, proof: { ...proof, nonce: 'ajouté' } },
      { ...presentation, proof: { ...proof, expires: '2027-01-01T00:00:00Z' } },
      { ...presentation, proof: [proof, proof] },
      { ...presentation, verifiableCredential: [{ type: ['VerifiableCredential'] }] },
    ]
    for (const altered of more) {
      t.match(
        await verifyPresentation(altered, expected),
        { fault: String },
        JSON.stringify(altered).slice(-60),
      )
    }
  }
})

t.test('whatever it is given, it answers at once and does not throw', async (t) => {
  const signed = await present({ suite: 'eddsa-rdfc-2022' })
  const proof = proofOf(signed)
  const contexts = [
    'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
    ED25519_2020,
    DATA_INTEGRITY_V2,
    'https://www.w3.org/ns/did/v1',
  ]
  const orders = contexts.map((_, i) => [CREDENTIALS_V2, ...contexts.slice(i), ...contexts.slice(0, i)])
  const deep = (depth: number) => JSON.parse(`${'{"holder":'.repeat(depth)}1${'}'.repeat(depth)}`)
  const hostile: unknown[] = [
    undefined,
    null,
    1,
    '',
    [],
    {},
    [signed],
    { ...signed, '@context': null },
    { ...signed, '@context': [] },
    { ...signed, '@context': {} },
    { ...signed, '@context': [DATA_INTEGRITY_V2, CREDENTIALS_V2] },
    { ...signed, '@context': [DATA_INTEGRITY_V2] },
    { ...signed, '@context': [CREDENTIALS_V2, { '@vocab': 'https://x.example/' }] },
    { ...signed, '@context': [CREDENTIALS_V2, 'https://attacker.example/context'] },
    { ...signed, '@context': [CREDENTIALS_V2, CREDENTIALS_V1] },
    { ...signed, '@context': Array(50_000).fill(CREDENTIALS_V2) },
    ...orders.map((order) => ({ ...signed, '@context': order })),
    { ...signed, '@graph': [] },
    { ...signed, '@type': 'x' },
    { ...signed, type: 'x'.repeat(60_000) },
    { ...signed, type: Array(20_000).fill('VerifiablePresentation') },
    { ...signed, type: ['VerifiablePresentation', 'not a type'] },
    { ...signed, type: ['VerifiablePresentation', null] },
    { ...signed, id: 'not absolute' },
    { ...signed, id: 1 },
    { ...signed, holder: deep(5000) },
    { ...signed, holder: { id: ed25519.did, knows: Array(500).fill({}) } },
    { ...signed, proof: null },
    { ...signed, proof: [] },
    { ...signed, proof: 'x' },
    { ...signed, proof: Array(1000).fill(proof) },
    { ...signed, proof: deep(5000) },
    { ...signed, proof: { ...proof, proofValue: `z${'1'.repeat(60_000)}` } },
    { ...signed, proof: { ...proof, proofValue: 'z' } },
    { ...signed, proof: { ...proof, proofValue: 'uAAAA' } },
    { ...signed, proof: { ...proof, proofValue: 'z0OIl' } },
    { ...signed, proof: { ...proof, proofValue: 1 } },
    { ...signed, proof: { ...proof, verificationMethod: { id: ed25519.keyId } } },
    { ...signed, proof: { ...proof, verificationMethod: `did:key:z6Mk${'z'.repeat(2000)}` } },
    { ...signed, proof: { ...proof, domain: Array(20_000).fill(domain) } },
    { ...signed, proof: { ...proof, created: { '@value': 'x' } } },
    {
      ...signed,
      proof: { ...proof, ...Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`m${i}`, 'x'])) },
    },
    { ...signed, ...Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`m${i}`, 'x'])) },
    JSON.parse(`{"__proto__":{"proof":1},"type":"VerifiablePresentation"}`),
    { ...signed, constructor: 'x' },
    { ...signed, proof: { ...proof, toString: 'x' } },
  ]
  for (const [i, presentation] of hostile.entries()) {
    const start = process.cpuUsage()
    const verdict = await verifyWith(presentation, i % 2 ? { ...expected, hash } : expected)
    // Of the processor: what else this machine does must not count.
    const took = process.cpuUsage(start).user / 1000
    const what = `the hostile one ${i}`
    t.match(verdict, { fault: String }, what)
    t.ok(took < 100, `${took} ms: ${what}`)
  }
})

t.test('any JSON at all, and any JSON in the place of any member', async () => {
  const signed = await present()
  const proof = proofOf(signed)
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
      const documents: unknown[] = [
        value,
        ...Object.keys(signed).map((name) => ({ ...signed, [name]: value })),
        ...Object.keys(proof).map((name) => ({ ...signed, proof: { ...proof, [name]: value } })),
      ]
      for (const document of documents) {
        const verdict = await verifyPresentation(document, expected)
        if ('did' in verdict) throw new Error(`accepted ${JSON.stringify(document)}`)
      }
    }),
    { numRuns: 150 },
  )
})

/** The text with another letter in its middle. */
function flip(text: string): string {
  const middle = text.length >> 1
  return text.slice(0, middle) + (text[middle] === '2' ? '3' : '2') + text.slice(middle + 1)
}
