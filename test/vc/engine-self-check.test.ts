import t from 'tap'
import { PROOF_SUITES, type SignedCredential } from '../../src/vc/credential.ts'
import { createEngine } from '../../src/vc/engine/engine.ts'
import { SelfCheckFailed, verifyWithLibrary } from '../../src/vc/engine/self-check.ts'
import { generateKeyPair, privateKeyFrom, type SigningKey } from '../../src/vc/keys.ts'
import { fullestForm, makeForm, newSigner } from '../support/generated-awards.ts'

const key = newSigner('did:web:siae.example')
const stranger = newSigner('did:web:stranger.example')
const created = new Date('2026-02-28T12:34:56.789Z')
const suite = 'eddsa-rdfc-2022'
const form = makeForm('plain', key.controller, {})
const { layout, values } = form

for (const suite of PROOF_SUITES) {
  t.test(
    `${suite}: the self-check accepts what was signed, and nothing that was altered after`,
    async (t) => {
      const fullest = fullestForm(key.controller, true)
      const [body] = await createEngine(0).sign(fullest.layout, [fullest.values], { key, suite, created })
      await verifyWithLibrary(body!, key)
      const signed = JSON.parse(body!)
      const altered: Record<string, (credential: SignedCredential) => unknown> = {
        'another name': (c) => ({ ...c, name: 'x' }),
        'another issuer': (c) => ({ ...c, issuer: stranger.controller }),
        'another date': (c) => ({ ...c, validFrom: '2024-02-29T10:00:01Z' }),
        'no validFrom': ({ validFrom: _, ...c }) => c,
        'no evidence': ({ evidence: _, ...c }) => c,
        'a member more': (c) => ({ ...c, description: 'ajouté' }),
        'an unknown member more': (c) => ({ ...c, favouriteColour: 'blue' }),
        'a type more': (c) => ({ ...c, type: [...c.type, 'EndorsementCredential'] }),
        'another context': (c) => ({ ...c, '@context': c['@context'].slice(0, 1) }),
        'no proof': ({ proof: _, ...c }) => c,
        'no proof in the list': (c) => ({ ...c, proof: [] }),
        'another proof value': (c) => ({
          ...c,
          proof: [{ ...c.proof[0], proofValue: `z${'2'.repeat(86)}` }],
        }),
        'another second': (c) => ({ ...c, proof: [{ ...c.proof[0], created: '2026-02-28T12:34:57Z' }] }),
        'another purpose': (c) => ({ ...c, proof: [{ ...c.proof[0], proofPurpose: 'authentication' }] }),
        'another key': (c) => ({ ...c, proof: [{ ...c.proof[0], verificationMethod: stranger.id }] }),
        'nothing at all': () => ({}),
      }
      for (const [name, alter] of Object.entries(altered)) {
        const text = JSON.stringify(alter(structuredClone(signed)))
        await t.rejects(verifyWithLibrary(text, key), SelfCheckFailed, name)
      }
      await t.rejects(verifyWithLibrary(body!.slice(0, -1), key), SelfCheckFailed, 'a body cut short')
      await t.rejects(
        verifyWithLibrary(body!, { ...stranger, id: key.id.slice(0, -48) }),
        SelfCheckFailed,
        'of another',
      )
    },
  )
}

/** Keys with which the fast path makes a credential that nobody accepts. */
const faulty: Record<string, SigningKey> = {
  'of another issuer': stranger,
  'with the private half of another': { ...key, privateKey: stranger.privateKey },
  'that lists another controller': { ...key, controller: stranger.controller },
}

for (const [name, wrongKey] of Object.entries(faulty)) {
  t.test(
    `a key ${name}: the first credential of a layout gives it away, however often it is tried`,
    async (t) => {
      const engine = createEngine(0)
      for (const attempt of [1, 2, 3]) {
        const signing = engine.sign(layout, [values], { key: wrongKey, suite, created })
        await t.rejects(signing, SelfCheckFailed, `attempt ${attempt}`)
      }
      t.equal(
        (await engine.sign(layout, [values], { key, suite, created })).length,
        1,
        'the right key still signs',
      )
    },
  )

  t.test(`a key ${name}: the sample gives it away before its group is given back`, async (t) => {
    const engine = createEngine(10)
    await engine.sign(layout, Array(8).fill(values), { key, suite, created })
    await engine.sign(layout, [values], { key: wrongKey, suite, created })
    const tenth = engine.sign(layout, Array(3).fill(values), { key: wrongKey, suite, created })
    await t.rejects(tenth, SelfCheckFailed)
    const afterIt = engine.sign(layout, [values], { key: wrongKey, suite, created })
    await t.rejects(afterIt, SelfCheckFailed, 'and from then on each one is looked at')
  })
}

const dayAlone = values.map((value, i) =>
  layout.slots[i]!.path.join('/') === 'awardedDate' ? '2026-01-01' : value,
)

t.test('a badge that breaks the standard is not given out, however right its signature is', async (t) => {
  const engine = createEngine(0)
  const signing = engine.sign(layout, [dayAlone], { key, suite, created })
  await t.rejects(signing, { name: 'SelfCheckFailed', message: /\/awardedDate/ })
  t.equal((await engine.sign(layout, [values], { key, suite, created })).length, 1)
})

t.test('what the library signs is looked at as well', async (t) => {
  // The fast path leaves a day without a time to the library.
  const signing = createEngine(0).sign(layout, [dayAlone], { key: stranger, suite, created })
  await t.rejects(signing, { name: 'SelfCheckFailed', message: /does not verify/ })
})

t.test('a key of another algorithm signs nothing, also once the layout is known', async (t) => {
  const engine = createEngine(0)
  await engine.sign(layout, [values], { key, suite, created })
  const { privateJwk } = generateKeyPair('P-256')
  const other: SigningKey = { ...key, algorithm: 'P-256', privateKey: privateKeyFrom(privateJwk) }
  await t.rejects(engine.sign(layout, [values], { key: other, suite, created }), /needs an Ed25519 key/)
})
