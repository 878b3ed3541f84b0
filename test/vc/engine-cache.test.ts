import t from 'tap'
import { CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import { PROOF_SUITES, type UnsignedCredential } from '../../src/vc/credential.ts'
import { createEngine } from '../../src/vc/engine/engine.ts'
import { fillDocument, type Layout, layoutOf, NO_CONSTANTS, valuesOf } from '../../src/vc/engine/layout.ts'
import { signCredential } from '../../src/vc/sign.ts'
import { walletJson } from '../../src/vc/wallet-json.ts'
import { fullestForm, makeForm, newSigner } from '../support/generated-awards.ts'

const key = newSigner('did:web:siae.example')
const created = new Date('2026-02-28T12:34:56.789Z')
const [suite] = PROOF_SUITES

const library = async (document: unknown, options: Parameters<typeof signCredential>[2], by = key) =>
  walletJson(await signCredential(document as UnsignedCredential, by, options))

/** A layout that counts how often its document is looked at: to compile it, or to let the library sign. */
function watched(layout: Layout): Layout & { readonly looks: number } {
  let looks = 0
  return {
    key: layout.key,
    slots: layout.slots,
    get document() {
      looks++
      return layout.document
    },
    get looks() {
      return looks
    },
  }
}

t.test('the proof follows the second, the key and the suite, in any order', async (t) => {
  const engine = createEngine(0)
  const { layout, values, credential } = makeForm('plain', key.controller, {})
  const keys = [key, newSigner(key.controller), newSigner(key.controller)]
  const instants = [0, 1, 999, 1000, 1001, 999, -1, 60_000].map((ms) => new Date(created.getTime() + ms))
  for (const [i, created] of instants.entries()) {
    for (const suite of PROOF_SUITES) {
      for (const by of i % 2 === 0 ? keys : keys.toReversed()) {
        const [body] = await engine.sign(layout, [values], { key: by, suite, created })
        t.equal(body, await library(credential, { suite, created }, by), `${created.toISOString()} ${suite}`)
      }
    }
  }
})

t.test('keys that are named by an odd address sign as the library does', async (t) => {
  const { layout, values, credential } = makeForm('plain', key.controller, {})
  for (const id of [
    'urn:example:key',
    'HTTPS://SIAE.EXAMPLE/key',
    'https://siae.example/clé',
    'did:web:a%3A1#k',
  ]) {
    const odd = { ...key, id }
    const engine = createEngine(0)
    await engine.sign(layout, [values], { key, suite, created })
    const [body] = await engine.sign(layout, [values], { key: odd, suite, created })
    t.equal(body, await library(credential, { suite, created }, odd), id)
    const [first] = await createEngine(0).sign(layout, [values], { key: odd, suite, created })
    t.equal(first, body, `${id}, on a new engine`)
  }
})

t.test('a group comes back in its order, whichever way each of it went', async (t) => {
  const engine = createEngine(2)
  const { layout, values } = fullestForm(key.controller, true)
  const name = layout.slots.findIndex(({ path }) => path.join('/') === 'credentialSubject/name')
  const id = layout.slots.findIndex(({ path }) => path.join('/') === 'evidence/0/id')
  const rows = ['Aïcha', 'Bruno', 'Chloé', 'Driss', 'Élise'].map((who, i) =>
    values.with(name, who).with(id, i % 2 === 0 ? 'https://e.example/1' : 'HTTPS://E.EXAMPLE/1'),
  )
  const bodies = await engine.sign(layout, rows, { key, suite, created })
  const expected = await Promise.all(
    rows.map((row) => library(fillDocument(layout, row), { suite, created })),
  )
  t.same(bodies, expected)
  t.same(await engine.sign(layout, [], { key, suite, created }), [])
})

t.test('a layout is compiled once, however many ask for it at the same time', async (t) => {
  const { layout, values } = makeForm('plain', key.controller, {})
  const alone = watched(layout)
  await createEngine(0).sign(alone, [values], { key, suite, created })
  t.ok(alone.looks > 0)

  const together = watched(layout)
  const engine = createEngine(0)
  const groups = await Promise.all(
    Array.from({ length: 50 }, () => engine.sign(together, [values, values], { key, suite, created })),
  )
  t.equal(together.looks, alone.looks, 'the document was read for one compilation')
  t.equal(new Set(groups.flat()).size, 1)
  await engine.sign(together, [values], { key, suite, created })
  t.equal(together.looks, alone.looks, 'the fast path needs it no more')
})

t.test('a layout that was forgotten is compiled anew', async (t) => {
  const engine = createEngine(0)
  const document = {
    '@context': [CREDENTIALS_V2],
    id: 'https://siae.example/credentials/1',
    type: ['VerifiableCredential'],
    issuer: key.controller,
    validFrom: '2026-01-31T00:00:00Z',
    credentialSubject: { id: 'did:web:aicha.example' },
  }
  const { key: name, values } = valuesOf(document, NO_CONSTANTS)
  const layout = watched(layoutOf(document, NO_CONSTANTS, name))
  const options = { key, suite, created }
  const expected = await library(document, options)
  const ask = async () => t.same(await engine.sign(layout, [values], options), [expected])
  await ask()
  const looks = layout.looks
  await ask()
  t.equal(layout.looks, looks, 'it is remembered')
  for (let i = 0; i < 500; i++) await engine.sign({ ...layout, key: `other ${i}` }, [], options)
  const before = layout.looks
  await ask()
  t.ok(layout.looks > before, 'it was forgotten')
  await ask()
})
