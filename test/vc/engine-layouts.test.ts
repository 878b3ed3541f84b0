import t from 'tap'
import { CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import { type Json, PROOF_SUITES, type UnsignedCredential } from '../../src/vc/credential.ts'
import { compileShape } from '../../src/vc/engine/compile.ts'
import { createEngine } from '../../src/vc/engine/engine.ts'
import { type Layout, layoutOf, NO_CONSTANTS, valuesOf } from '../../src/vc/engine/layout.ts'
import { NotCompilable } from '../../src/vc/engine/probe.ts'
import { signCredential } from '../../src/vc/sign.ts'
import { walletJson } from '../../src/vc/wallet-json.ts'
import { newSigner } from '../support/generated-awards.ts'

const key = newSigner('did:web:siae.example')
const created = new Date('2026-02-28T12:34:56.789Z')
const engine = createEngine(1)
const V = 'https://words.example/'

/** A credential of VCDM 2.0 alone, with words of its own. */
function credentialWith(members: Json, words: Json = {}): UnsignedCredential {
  return {
    '@context': [CREDENTIALS_V2, words as never],
    id: 'https://siae.example/credentials/1',
    type: ['VerifiableCredential'],
    issuer: key.controller,
    validFrom: '2026-01-31T00:00:00Z',
    credentialSubject: { id: 'did:web:aicha.example', ...members },
  }
}

function split(document: Json, parts: unknown[] = []): { layout: Layout; values: string[] } {
  const constants = { key: 'test', parts: new Set(parts) }
  const { key, values } = valuesOf(document, constants)
  return { layout: layoutOf(document, constants, key), values }
}

const french = { '@value': 'Nom', '@language': 'fr' }
const graph = { type: ['Seen'], [`${V}says`]: 'oui' }
const twin = { ...graph }
const named = { '@value': 'probe 4.' }
const refused: Record<string, { document: UnsignedCredential; parts?: unknown[]; why: RegExp }> = {
  'a member that a context maps to nothing': {
    document: credentialWith({ note: 'secret' }, { note: null }),
    why: /JSON-LD refuses it with other values/,
  },
  'a member of a node that a context maps to nothing': {
    document: credentialWith({ note: { id: 'https://siae.example/1', name: 'secret' } }, { note: null }),
    why: /JSON-LD refuses it with other values/,
  },
  'an index, of which RDF knows nothing': {
    document: credentialWith({ label: { '@value': 'Nom', '@index': 'secret' } }, { label: `${V}label` }),
    why: /@index does not reach the RDF dataset/,
  },
  'a value in JSON': {
    document: credentialWith({ data: { a: 'x' } }, { data: { '@id': `${V}data`, '@type': '@json' } }),
    why: /a value is a part of a term/,
  },
  'a number written as a text': {
    document: credentialWith(
      { size: '1.5' },
      { size: { '@id': `${V}size`, '@type': 'http://www.w3.org/2001/XMLSchema#double' } },
    ),
    why: /size does not reach the RDF dataset/,
  },
  'a text where an id is expected': {
    document: credentialWith(
      { page: 'https://siae.example' },
      { page: { '@id': `${V}page`, '@type': '@id' } },
    ),
    why: /JSON-LD refuses it with other values/,
  },
  'a word of a vocabulary': {
    document: credentialWith(
      { kind: 'Big' },
      { kind: { '@id': `${V}kind`, '@type': '@vocab' }, Big: `${V}Big` },
    ),
    why: /JSON-LD refuses it with other values/,
  },
  'a text with a language, among the values': {
    document: credentialWith({ label: french }, { label: `${V}label` }),
    why: /JSON-LD refuses it with other values/,
  },
  'a text with a language, among the constants': {
    document: credentialWith({ label: french }, { label: `${V}label` }),
    parts: [french],
    why: /texts with a language/,
  },
  'a text with a language of its context': {
    document: credentialWith({ label: 'Nom' }, { label: { '@id': `${V}label`, '@language': 'fr' } }),
    why: /texts with a language/,
  },
  'a text with a direction': {
    document: credentialWith({ label: 'Nom' }, { label: { '@id': `${V}label`, '@direction': 'rtl' } }),
    why: /JSON-LD refuses it/,
  },
  'a graph of its own': {
    document: credentialWith(
      { seen: graph },
      { Seen: `${V}Seen`, seen: { '@id': `${V}seen`, '@container': '@graph' } },
    ),
    why: /named graphs/,
  },
  'a constant that looks like a probe': {
    document: credentialWith({ a: named, b: 'x' }, { a: `${V}a`, b: `${V}b` }),
    parts: [named],
    why: /the direct path gives another dataset/,
  },
  'two nodes that are always alike': {
    document: credentialWith({ a: [graph, twin] }, { a: `${V}a`, Seen: `${V}Seen` }),
    parts: [graph, twin],
    why: /the direct path gives another dataset/,
  },
}

for (const [name, { document, parts, why }] of Object.entries(refused)) {
  t.test(`${name} is not compiled, and signed by the library or not at all`, async (t) => {
    const { layout, values } = split(document, parts)
    const error = await compileShape(layout).then(
      () => undefined,
      (error) => error,
    )
    t.ok(error instanceof NotCompilable, String(error))
    t.match(error?.message, why)
    for (const suite of PROOF_SUITES) {
      const outcome = (body: Promise<string>) => body.catch(() => 'refused')
      const ours = engine.sign(layout, [values], { key, suite, created }).then(([body]) => body!)
      const theirs = signCredential(document, key, { suite, created }).then(walletJson)
      t.equal(await outcome(ours), await outcome(theirs), suite)
    }
  })
}

t.test('what the library refuses to sign is an error here too', async (t) => {
  const plain = credentialWith({})
  const wrong: Record<string, Json> = {
    'a member that no context defines': { ...plain, favouriteColour: 'blue' },
    'a type that no context defines': { ...plain, type: ['VerifiableCredential', 'NotDefinedAnywhere'] },
    'a context that is not bundled': {
      ...plain,
      '@context': [CREDENTIALS_V2, 'https://example.org/unknown'],
    },
    'a relative id': { ...plain, id: 'relative' },
    'no issuer': { ...plain, issuer: undefined },
    'no type': { ...plain, type: ['OpenBadgeCredential'], '@context': [CREDENTIALS_V2, OPEN_BADGES_V3] },
    'another context first': { ...plain, '@context': [OPEN_BADGES_V3, CREDENTIALS_V2] },
    'an issuer that is no URL': { ...plain, issuer: 'https://[' },
  }
  for (const suite of PROOF_SUITES) {
    for (const [name, document] of Object.entries(wrong)) {
      const { layout, values } = split(document)
      await t.rejects(signCredential(document as UnsignedCredential, key, { suite, created }), name)
      await t.rejects(engine.sign(layout, [values], { key, suite, created }), name)
      await t.rejects(engine.sign(layout, [values], { key, suite, created }), `${name}, asked again`)
    }
  }
})

t.test('credentials that are no badge have the library’s bytes', async (t) => {
  const documents: Record<string, UnsignedCredential> = {
    'a status list': {
      '@context': [CREDENTIALS_V2],
      id: 'https://badges.example/status-lists/1',
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: key.controller,
      validFrom: '2026-01-31T00:00:00Z',
      credentialSubject: {
        id: 'https://badges.example/status-lists/1#list',
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: `u${'H4sIAAAAAAAAA-3B'.repeat(20)}`,
        ttl: 60_000,
      },
    },
    'VCDM 2.0 alone': { ...credentialWith({}), '@context': [CREDENTIALS_V2] },
    'a list in order': credentialWith(
      { steps: ['un', 'deux', 'deux'] },
      { steps: { '@id': `${V}steps`, '@container': '@list' } },
    ),
  }
  for (const suite of PROOF_SUITES) {
    for (const [name, document] of Object.entries(documents)) {
      const { layout, values } = split(document)
      const shape = await compileShape(layout)
      t.ok(shape.canonicalize(values) !== undefined, `the fast path takes ${name}`)
      const [body] = await engine.sign(layout, [values], { key, suite, created })
      t.equal(body, walletJson(await signCredential(document, key, { suite, created })), `${name}, ${suite}`)
    }
  }
})

t.test(
  'a credential of VCDM 1.1, whose contexts know no DataIntegrityProof, is left to the library',
  async (t) => {
    const { validFrom: issuanceDate, ...rest } = credentialWith({})
    const document = { ...rest, '@context': [CREDENTIALS_V1], issuanceDate } as unknown as UnsignedCredential
    const { layout, values } = split(document)
    const [body] = await engine.sign(layout, [values], { key, suite: 'eddsa-rdfc-2022', created })
    t.equal(body, walletJson(await signCredential(document, key, { suite: 'eddsa-rdfc-2022', created })))
  },
)

t.test('one object in two places is two objects', async (t) => {
  const words = { seen: `${V}seen`, Seen: `${V}Seen`, page: `${V}page` }
  const shared = { type: ['Seen'], page: 'a' }
  const { layout } = split(credentialWith({ seen: [shared, shared] }, words))
  const other = credentialWith(
    {
      seen: [
        { ...shared, page: 'b' },
        { ...shared, page: 'c' },
      ],
    },
    words,
  )
  const { key: otherKey, values } = valuesOf(other, { ...NO_CONSTANTS, key: 'test' })
  t.equal(otherKey, layout.key)
  const [body] = await engine.sign(layout, [values], { key, suite: 'eddsa-rdfc-2022', created })
  t.equal(body, walletJson(await signCredential(other, key, { suite: 'eddsa-rdfc-2022', created })))
})
