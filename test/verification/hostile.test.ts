import t from 'tap'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json, SignedCredential } from '../../src/vc/credential.ts'
import { foreignIssuer, verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'
import { threadTime } from '../support/thread-time.ts'
import { type Expected, enduring, LONGEST_MS } from './enduring.ts'

const service = await startService(t)
const verify = verifier(service.app)
const endures = enduring(verify)
const stranger = foreignIssuer()
const genuine = await stranger.issue()

const JSON_TYPE = 'application/json'

t.test('what is no JSON object is refused', async (t) => {
  const bodies: [string, string | Buffer][] = [
    ['nothing', ''],
    ['white space', ' '.repeat(3_900_000)],
    ['half of an object', JSON.stringify(genuine).slice(0, 200)],
    ['a list', '[1]'],
    ['a list of credentials', `[${JSON.stringify(genuine)}]`],
    ['a number', '42'],
    ['a large number', '9'.repeat(1_000_000)],
    ['a text', '"credential"'],
    ['null', 'null'],
    ['two objects', '{}{}'],
    ['a comment', '{/* */}'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['UTF-16', Buffer.from(`\ufeff${JSON.stringify(genuine)}`, 'utf16le')],
    ['a deep list', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['a deep object', `${'{"a":'.repeat(160_000)}1${'}'.repeat(160_000)}`],
    ['a member twice', `{"a":1,"a":1}`],
    ['a member many times', `{${Array(160_000).fill('"a":1').join(',')}}`],
    ['a member twice in NFC', '{"\u00e9":1,"e\u0301":1}'],
    ['__proto__', '{"__proto__":{"id":"x"}}'],
    ['U+0000', '{"id":"a\\u0000b"}'],
    ['U+0000 in a name', '{"a\\u0000":1}'],
    ['half a character', '{"id":"\\ud800"}'],
    ['half a character in a name', '{"\\udfff":1}'],
  ]
  for (const [name, body] of bodies) await endures(t, name, body, JSON_TYPE, 400)
  await endures(t, '5 MB', JSON.stringify({ ...genuine, name: 'x'.repeat(5_000_000) }), JSON_TYPE, 413)
})

t.test('an object of any other shape gets a verdict', async (t) => {
  const values = [null, true, 0, -1.5e300, '', 'x', [], {}, [[]], [null], [{}], { id: null }, { id: {} }]
  const members = ['@context', 'id', 'type', 'issuer', 'proof', 'credentialSubject', 'credentialStatus']
  const optionalLists = ['credentialSchema', 'evidence', 'endorsement']
  await endures(t, 'empty', {}, JSON_TYPE, 200)
  for (const member of [...members, 'validFrom', 'validUntil', 'name', ...optionalLists]) {
    for (const value of values) {
      // An empty list of what may be left out says nothing: the badge is as good as without.
      const isNothing = optionalLists.includes(member) && Array.isArray(value) && value.length === 0
      if (isNothing) t.equal((await verify({ ...genuine, [member]: value })).valid, true, member)
      else
        await endures(
          t,
          `${member}: ${JSON.stringify(value)}`,
          { ...genuine, [member]: value },
          JSON_TYPE,
          200,
        )
    }
  }
  for (const member of [
    'type',
    'created',
    'verificationMethod',
    'proofPurpose',
    'proofValue',
    'cryptosuite',
  ]) {
    for (const value of values) {
      await endures(t, `proof.${member}`, withProof({ [member]: value }), JSON_TYPE, 200)
    }
  }
})

t.test('members that stand on every object change nothing', async (t) => {
  for (const name of ['constructor', 'prototype', 'valueOf', 'hasOwnProperty', '__defineGetter__']) {
    const told = await endures(t, name, { ...genuine, [name]: { id: 'x' } }, JSON_TYPE, 200)
    t.equal(told.checks.terms, 'failed:terms-undefined', name)
  }
  await endures(t, 'toString', { ...genuine, toString: { id: 'x' } }, JSON_TYPE, 400)
  t.equal((await verify(genuine)).valid, true)
})

t.test('a document that was made to take long is not begun', async (t) => {
  const subject = genuine.credentialSubject as { achievement: Json } & Json
  const inAchievement = (change: Json) => ({
    ...genuine,
    credentialSubject: { ...subject, achievement: { ...subject.achievement, ...change } },
  })
  const contexts = (count: number, url: string) => ({
    ...genuine,
    name: 'Autre',
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, ...Array(count).fill(url)],
  })
  const evidence = (count: number, more: object) => ({
    ...genuine,
    evidence: Array.from({ length: count }, (_, i) => ({ type: ['Evidence'], name: `${i}`, ...more })),
  })
  const cases: [string, Json, Expected?][] = [
    ['many contexts', contexts(40_000, OPEN_BADGES_V3), 'too-complex'],
    ['as many contexts as may be', contexts(38, OPEN_BADGES_V3)],
    ['many contexts inside', evidence(900, { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3] }), 'too-complex'],
    ['many members', evidence(20_000, {}), 'too-complex'],
    ['as many members as may be', evidence(600, {})],
    ['many that are alike', evidence(600, { name: 'x' })],
    ['many proofs', { ...genuine, proof: Array(1000).fill(genuine.proof[0]) }, 'too-complex'],
    ['a long signature', withProof({ proofValue: `z${'2'.repeat(3_900_000)}` })],
    ['a long key', withProof({ verificationMethod: `did:key:z6Mk${'2'.repeat(1_000_000)}` })],
    ['a long issuer', { ...genuine, issuer: `did:key:z6Mk${'2'.repeat(3_000_000)}` }],
    ['a long name', { ...genuine, name: 'x'.repeat(3_900_000) }],
    ['a long date', { ...genuine, validUntil: `2999-01-01T00:00:00.${'0'.repeat(3_000_000)}Z` }],
    ['a long context', contexts(1, `https://${'x'.repeat(3_000_000)}`)],
    ['a graph of nodes that are all alike', inAchievement({ related: clique(16) })],
    ['nodes with many orders', inAchievement({ resultDescription: alike(5, 12) })],
  ]
  for (const [name, body, expected = 200] of cases) await endures(t, name, body, JSON_TYPE, expected)
})

t.test('the largest that is read is read in time, with every signature genuine', async (t) => {
  const evidence = Array.from({ length: 500 }, (_, i) => ({ type: ['Evidence'], name: `${i}` }))
  const { proof, ...rest } = await stranger.issue({ evidence })
  const start = threadTime()
  t.equal((await verify({ ...rest, proof: Array(4).fill(proof[0]) })).valid, true)
  t.ok(threadTime() - start < 2 * LONGEST_MS)
})

t.test('whatever its media type, a body is read by its content', async (t) => {
  for (const type of [
    'text/html',
    'application/x-www-form-urlencoded',
    'image/png',
    'application/octet-stream',
  ]) {
    const told = await verify(JSON.stringify(genuine), { 'content-type': type })
    t.equal(told.valid, true, type)
  }
  await endures(t, 'dots', '.'.repeat(3_900_000), 'text/plain', 'not-a-credential')
  await endures(
    t,
    'long words',
    `${'a'.repeat(1_900_000)}.${'b'.repeat(1_900_000)}.c`,
    'text/plain',
    'not-a-credential',
  )
})

function withProof(change: object): SignedCredential {
  return { ...genuine, proof: [{ ...genuine.proof[0]!, ...change }] }
}

/** Nodes that all refer to each other: naming them in a fixed order is the hard case of RDFC-1.0. */
function clique(size: number): object[] {
  const others = (i: number) =>
    Array.from({ length: size }, (_, j) => ({ id: `_:b${j}`, type: ['Related'] })).filter((_, j) => j !== i)
  return Array.from({ length: size }, (_, i) => ({
    id: `_:b${i}`,
    type: ['Related', 'Achievement'],
    related: others(i),
  }))
}

function alike(groups: number, size: number): object[] {
  const alignment = Array(size).fill({ type: ['Alignment'], targetName: 'x' })
  return Array(groups).fill({ type: ['ResultDescription'], alignment })
}
