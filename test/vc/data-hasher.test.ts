import fc from 'fast-check'
import t from 'tap'
import { CREDENTIALS_V1, CREDENTIALS_V2, ED25519_2020 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { createDataHasher } from '../../src/vc/engine/data-hasher.ts'
import { dataToSign } from '../../src/vc/verify-proof.ts'

const DID = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'

/** How wallets present themselves: in the older words, in the newer ones, and with an id of their own. */
const KINDS: readonly [string, Json, Json][] = [
  [
    'Ed25519Signature2020',
    { '@context': [CREDENTIALS_V1, ED25519_2020], type: ['VerifiablePresentation'], holder: DID },
    { type: 'Ed25519Signature2020' },
  ],
  [
    'eddsa-rdfc-2022',
    { '@context': [CREDENTIALS_V2], type: ['VerifiablePresentation'], holder: DID },
    { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' },
  ],
  [
    'with an id, for two',
    { '@context': [CREDENTIALS_V2], type: 'VerifiablePresentation', id: 'urn:uuid:1', holder: DID },
    { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', domain: ['https://a.example', 'b'] },
  ],
]

const proofWith = (own: Json, values: Json): Json => ({
  verificationMethod: `${DID}#key`,
  proofPurpose: 'authentication',
  created: '2026-02-28T12:00:00Z',
  proofValue: 'z1',
  ...own,
  ...values,
})

const outcome = (work: Promise<Buffer>) => work.then((bytes) => bytes.toString('hex')).catch(() => 'refused')

for (const [name, document, own] of KINDS) {
  t.test(`${name}: the same bytes as the direct way, whatever the texts`, async (t) => {
    const hash = createDataHasher()
    // From the third one on the layout is compiled.
    for (let i = 0; i < 3; i++) await hash(document, proofWith(own, { challenge: String(i) }))
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant('"\\\n\u0000\ud800'))
    const holder = fc.oneof(fc.constant(DID), fc.constant('not an IRI'), fc.webUrl(), fc.string())
    const created = fc.constantFrom('2026-02-28T12:00:00Z', '2026-02-28T12:00:00.5+01:00', 'yesterday')
    await fc.assert(
      fc.asyncProperty(text, holder, created, async (challenge, who, when) => {
        const proof = proofWith(own, { challenge, created: when })
        const altered = { ...document, holder: who }
        const [ours, direct] = [outcome(hash(altered, proof)), outcome(dataToSign(altered, proof))]
        return (await ours) === (await direct)
      }),
      { numRuns: 200, seed: 20_261_121 },
    )
    t.pass('200 of them')
  })
}

t.test('what no context defines is refused, however often it comes', async (t) => {
  const hash = createDataHasher()
  const [, document, own] = KINDS[1]!
  for (let i = 0; i < 5; i++) await t.rejects(hash({ ...document, undefinedTerm: 'x' }, proofWith(own, {})))
})

t.test('inventions of layouts cost no more than the direct way', async (t) => {
  const hash = createDataHasher()
  const [, document, own] = KINDS[1]!
  const spent = { direct: 0, ours: 0 }
  const time = async (way: keyof typeof spent, work: Promise<unknown>) => {
    const start = performance.now()
    await work.catch(() => undefined)
    spent[way] += performance.now() - start
  }
  const invented = (i: number) => ({
    ...document,
    type: ['VerifiablePresentation', `https://x.example/${i}`],
  })
  // In turns, so that a busy machine is as busy for both.
  for (let i = 0; i < 300; i++) {
    await time('direct', dataToSign(invented(i), proofWith(own, {})))
    await time('ours', hash(invented(i), proofWith(own, {})))
  }
  const { direct, ours } = spent
  t.ok(ours < direct, `${ours.toFixed()} ms beside ${direct.toFixed()} ms`)
})
