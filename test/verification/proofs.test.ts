import t from 'tap'
import { ED25519_2020 } from '../../src/vc/contexts.ts'
import type { Json, UnsignedCredential } from '../../src/vc/credential.ts'
import { withoutProof } from '../../src/vc/credential.ts'
import { awardEverything } from '../support/everything.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { ALL_WELL, foreignIssuer, sign, unsigned, verifier } from '../support/foreign-issuer.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const call = caller(service.app)
const verify = verifier(service.app)
const ours = await createTenant(service.app)
const other = await createTenant(service.app)
const badge = await createBadge(ours)
const fetched = async (path: string) => (await call('GET', path)).body

t.test('every member of a full credential is covered by the signature', async (t) => {
  const credential = await fetched((await awardEverything(service)).path)
  t.equal((await verify(credential)).valid, true)
  const places = placesOf(credential)
  t.ok(places.length > 100, `${places.length} places`)
  const missed: string[] = []
  for (const place of places) {
    const told = await verify(altered(credential, place))
    if (told.status !== 200 || told.valid || told.checks.proof === 'proof-ok') missed.push(place.join('/'))
  }
  t.strictSame(missed, [])
})

t.test('a member that was added or taken away breaks the signature', async (t) => {
  const credential = await fetched((await award(ours, badge.id)).path)
  const { name: _, ...less } = credential
  for (const document of [{ ...credential, description: 'De plus' }, less]) {
    const told = await verify(document)
    t.equal(told.checks.proof, 'failed:proof-invalid')
    t.equal(told.valid, false)
  }
})

t.test('what a retired key signed still verifies', async (t) => {
  const tenant = await createTenant(service.app)
  const { path } = await award(tenant, (await createBadge(tenant)).id)
  const rotated = await tenant.call('POST', `/v1/issuers/${tenant.slug}/signing-keys/rotate`)
  t.equal(rotated.status, 201)
  const retired = rotated.body.items.filter((key: { status: string }) => key.status === 'retired')
  const credential = await fetched(path)
  t.match(credential.proof[0].verificationMethod, retired[0].publicKeyMultibase)
  t.strictSame((await verify(credential)).checks, ALL_WELL)
})

t.test('both kinds of embedded proof hold, and for an issuer that is a did:key', async (t) => {
  const tenant = await createTenant(service.app, { didMethod: 'key' })
  const { path } = await award(tenant, (await createBadge(tenant)).id)
  for (const proof of ['eddsa-rdfc-2022', 'Ed25519Signature2020']) {
    const told = await verify(await fetched(`${path}?proof=${proof}`))
    t.strictSame(told.checks, ALL_WELL, proof)
  }
  const told = await verify((await call('GET', `${path}.jwt`)).bytes, { 'content-type': 'text/plain' })
  t.strictSame(told.checks, ALL_WELL, 'token')
})

t.test('a foreign did:key is genuine, with a warning that nobody here knows it', async (t) => {
  for (const suite of ['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const) {
    const told = await verify(await foreignIssuer().issue({}, suite))
    t.strictSame(told.checks, { ...ALL_WELL, issuer: 'warning:issuer-foreign', status: 'status-none' })
    t.equal(told.valid, true)
  }
})

t.test('a did:web of elsewhere is not looked up unless the operator allows it', async (t) => {
  const told = await verify(await foreignIssuer('did:web:elsewhere.example').issue())
  t.equal(told.checks.proof, 'skipped:proof-issuer-not-looked-up')
  t.equal(told.valid, false)
  const own = new URL(service.ctx.config.publicUrl).host.replace(':', '%3A')
  const nobody = await verify(await foreignIssuer(`did:web:${own}:issuers:nobody`).issue())
  t.equal(nobody.checks.proof, 'skipped:proof-issuer-not-resolved', 'one of this service that is not there')
})

t.test('nobody signs in the name of an issuer of ours', async (t) => {
  const stranger = foreignIssuer()
  const [{ publicKeyMultibase: ourKey }] = (await ours.call('GET', `/v1/issuers/${ours.slug}/signing-keys`))
    .body.items
  const theirs = await fetched((await award(other, (await createBadge(other)).id)).path)
  const forged: [string, unknown, string][] = [
    [
      'a stranger by its own did:key',
      await sign(unsigned(ours.did), { ...stranger.key, controller: ours.did }),
      'failed:proof-issuer-mismatch',
    ],
    [
      'a stranger by the name of our key',
      await foreignIssuer(ours.did, `${ours.did}#${ourKey}`).issue(),
      'failed:proof-invalid',
    ],
    [
      'a stranger by a key that we do not list',
      await foreignIssuer(ours.did).issue(),
      'failed:proof-key-unknown',
    ],
    [
      'a relative name of our key',
      resigned({ ...theirs, issuer: ours.did }, `#${ourKey}`),
      'failed:proof-malformed',
    ],
    [
      'another issuer of this service by its own key',
      { ...theirs, issuer: { ...theirs.issuer, id: ours.did } },
      'failed:proof-invalid',
    ],
    [
      'another issuer of this service by the name of our key',
      { ...resigned(theirs, `${ours.did}#${ourKey}`), issuer: { ...theirs.issuer, id: ours.did } },
      'failed:proof-invalid',
    ],
    [
      'our DID with a fragment',
      await foreignIssuer(`${ours.did}#x`, `${ours.did}#${ourKey}`).issue(),
      'failed:proof-invalid',
    ],
    [
      'a stranger in the name of the page of ours',
      await foreignIssuer(`${PUBLIC_URL}/issuers/${ours.slug}`).issue(),
      'failed:proof-key-unknown',
    ],
  ]
  for (const [who, credential, expected] of forged) {
    const told = await verify(credential)
    t.equal(told.checks.proof, expected, who)
    t.equal(told.valid, false, who)
  }
})

t.test('a proof that is missing, of another purpose or of an unknown kind does not count', async (t) => {
  const good = await foreignIssuer().issue()
  const [proof] = good.proof
  const cases: [string, unknown, string][] = [
    ['none', withoutProof(good), 'failed:proof-missing'],
    ['an empty list', { ...good, proof: [] }, 'failed:proof-missing'],
    ['a text', { ...good, proof: 'z123' }, 'failed:proof-malformed'],
    ['a list of texts', { ...good, proof: [proof, 'z123'] }, 'failed:proof-malformed'],
    ['nothing', { ...good, proof: null }, 'failed:proof-missing'],
    ['no type', { ...good, proof: [{ ...proof, type: undefined }] }, 'failed:proof-malformed'],
    [
      'no method',
      { ...good, proof: [{ ...proof, verificationMethod: undefined }] },
      'failed:proof-malformed',
    ],
    ['to log in', { ...good, proof: [{ ...proof, proofPurpose: 'authentication' }] }, 'failed:proof-purpose'],
    ['no purpose', { ...good, proof: [{ ...proof, proofPurpose: undefined }] }, 'failed:proof-malformed'],
    [
      'unknown suite',
      { ...good, proof: [{ ...proof, cryptosuite: 'bbs-2023' }] },
      'skipped:proof-unsupported',
    ],
    ['no suite', { ...good, proof: [{ ...proof, cryptosuite: undefined }] }, 'skipped:proof-unsupported'],
    ['no value', { ...good, proof: [{ ...proof, proofValue: undefined }] }, 'failed:proof-malformed'],
    ['not base58', { ...good, proof: [{ ...proof, proofValue: 'z0OIl' }] }, 'failed:proof-malformed'],
    [
      'cut short',
      { ...good, proof: [{ ...proof, proofValue: proof!.proofValue.slice(0, 40) }] },
      'failed:proof-malformed',
    ],
    ['another base', { ...good, proof: [{ ...proof, proofValue: 'uAAAA' }] }, 'failed:proof-malformed'],
  ]
  for (const [name, credential, expected] of cases) {
    const told = await verify(credential)
    t.equal(told.checks.proof, expected, name)
    t.equal(told.valid, false, name)
  }
})

t.test('of several proofs each one of a known kind must hold', async (t) => {
  const issuer = foreignIssuer()
  const legacy = await issuer.issue({}, 'Ed25519Signature2020')
  t.ok(legacy['@context'].includes(ED25519_2020))
  const modern = await sign(withoutProof(legacy) as UnsignedCredential, issuer.key)
  const [a, b] = [legacy.proof[0]!, modern.proof[0]!]
  const bad = { ...a, proofValue: b.proofValue }
  const unknown = { ...b, cryptosuite: 'bbs-2023' }
  const cases: [string, unknown[], string][] = [
    ['both good', [a, b], 'proof-ok'],
    ['first bad', [bad, b], 'failed:proof-invalid'],
    ['last bad', [b, bad], 'failed:proof-invalid'],
    ['one of an unknown kind', [unknown, b], 'proof-ok'],
    ['one of another purpose', [{ ...a, proofPurpose: 'authentication' }, b], 'failed:proof-purpose'],
    ['not in a list', b as unknown as unknown[], 'proof-ok'],
  ]
  for (const [name, proof, expected] of cases) {
    const told = await verify({ ...modern, proof })
    t.equal(told.checks.proof, expected, name)
    t.equal(told.valid, expected === 'proof-ok', name)
  }
})

type Place = (string | number)[]

/** Every text, number and truth value inside, by its path. */
function placesOf(value: unknown, path: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, member]) =>
    placesOf(member, [...path, Array.isArray(value) ? Number(name) : name]),
  )
}

function altered(document: Json, place: Place): Json {
  const copy = structuredClone(document)
  // biome-ignore lint/suspicious/noExplicitAny: the way down a document of any shape
  const holder = place.slice(0, -1).reduce((at: any, name) => at[name], copy)
  const last = place.at(-1)!
  const value = holder[last]
  holder[last] =
    typeof value === 'string' ? differentText(value) : typeof value === 'number' ? value + 1 : !value
  return copy
}

/** One character differs, so that dates and numbers keep their form. */
function differentText(text: string): string {
  const at = text.search(/[0-9](?!.*[0-9])/)
  if (at < 0) return `${text}x`
  return text.slice(0, at) + ((Number(text[at]) + 1) % 10) + text.slice(at + 1)
}

function resigned(credential: Json, verificationMethod: string): Json {
  const [proof] = credential.proof as Json[]
  return { ...credential, proof: [{ ...proof, verificationMethod }] }
}
