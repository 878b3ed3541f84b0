import { sign } from 'node:crypto'
import t from 'tap'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import { type Json, PROOF_SUITES, type SignedCredential } from '../../src/vc/credential.ts'
import { generateKeyPair, privateKeyFrom, type SigningKey, toBase58 } from '../../src/vc/keys.ts'
import { signCredential } from '../../src/vc/sign.ts'
import { dataToSign, verifyProof } from '../../src/vc/verify-proof.ts'
import { awardEverything } from '../support/everything.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'
import { stranger } from '../support/stranger.ts'

const service = await startService(t)
const anyone = caller(service.app)
const verify = stranger(service.app)

const pair = generateKeyPair('Ed25519')
const key: SigningKey = {
  id: `did:web:siae.example#${pair.publicKeyMultibase}`,
  controller: 'did:web:siae.example',
  algorithm: 'Ed25519',
  privateKey: privateKeyFrom(pair.privateJwk),
}
const UNSIGNED = {
  '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
  id: 'urn:uuid:5a1d9a35-3b2a-4f0c-8c12-0f7d6c1f2b11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Période d’essai } &quot; 🏅',
  issuer: { id: key.controller, type: ['Profile'], name: 'Réseau' },
  validFrom: '2026-01-31T00:00:00Z',
  credentialSubject: {
    id: 'did:example:aicha',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://siae.example/achievements/1',
      type: ['Achievement'],
      name: 'Je m’engage',
      description: 'Œuvre\n\t"collective" \\ 👩🏽‍🔧',
      criteria: { narrative: 'é ≠ e\u0301' },
    },
  },
}
const created = new Date('2026-02-28T12:34:56.789Z')

for (const suite of PROOF_SUITES) {
  t.test(`${suite}: the library signs the bytes that we compute without it`, async (t) => {
    const signed = await signCredential(UNSIGNED, key, { suite, created })
    const [proof] = signed.proof
    t.equal(proof!.proofValue, toBase58(sign(null, await dataToSign(signed, proof!), key.privateKey)))
    t.equal(proof!.created, '2026-02-28T12:34:56Z')
    t.ok(await verifyProof(signed, proof!, pair.publicKeyMultibase))
    const again = await signCredential(UNSIGNED, key, { suite, created })
    t.same(again, signed, 'and the same bytes each time')
  })

  t.test(`${suite}: what no context defines is not signed`, async (t) => {
    const faulty = [
      { ...UNSIGNED, favouriteColour: 'blue' },
      { ...UNSIGNED, type: [...UNSIGNED.type, 'NotDefinedAnywhere'] },
      { ...UNSIGNED, id: 'not-absolute' },
      { ...UNSIGNED, '@context': [...UNSIGNED['@context'], 'https://example.org/unknown-context'] },
    ]
    for (const credential of faulty) {
      await t.rejects(signCredential(credential, key, { suite, created }))
    }
  })

  for (const didMethod of ['web', 'key']) {
    t.test(`${suite} by a did:${didMethod} issuer: the unmodified library accepts it`, async (t) => {
      const { path } = await awardEverything(service, { didMethod, proofSuite: suite })
      const { body } = await anyone('GET', path)
      t.equal(body.proof[0].cryptosuite ?? body.proof[0].type, suite)
      t.ok(body.issuer.id.startsWith(`did:${didMethod}:`))
      t.same(await verify(body), { verified: true, why: '' })
    })
  }

  t.test(`${suite}: the library refuses it with any one member altered, missing or added`, async (t) => {
    const { path } = await awardEverything(service)
    const { body } = await anyone('GET', `${path}?proof=${suite}`)
    t.ok((await verify(body)).verified)
    const altered = alterations(body)
    t.ok(altered.length > 300, `${altered.length} alterations`)
    const undetected: string[] = []
    for (const { at, credential } of altered) {
      if ((await verify(credential)).verified) undetected.push(at)
    }
    t.same(undetected, [])
  })
}

t.test('the library sees the end of validity and a revocation', async (t) => {
  const tenant = await createTenant(service.app)
  const badge = await createBadge(tenant)
  const { id, path } = await award(tenant, badge.id, { validUntil: '2199-01-01T00:00:00Z' })
  const { body } = await anyone('GET', path)
  t.ok((await verify(body)).verified)
  t.match(await verify(body, new Date('2199-01-01T00:10:00Z')), {
    verified: false,
    why: /is after "validUntil"/,
  })
  await tenant.call('POST', `/v1/assertions/${id}/revoke`, { reason: 'Attribué par erreur' })
  t.same(await verify(body), { verified: false, why: 'revoked' })
})

interface Alteration {
  readonly at: string
  readonly credential: SignedCredential
}

/** The credential with each of its members, in turn, changed or taken away, and with each object given one more. */
function alterations(credential: SignedCredential): Alteration[] {
  const alter = (path: string[], change: (parent: Json, name: string) => void): Alteration => {
    const copy = structuredClone(credential)
    const parent = path.slice(0, -1).reduce<Json>((at, name) => at[name] as Json, copy)
    change(parent, path.at(-1)!)
    return { at: `/${path.join('/')}`, credential: copy }
  }
  const walk = (value: unknown, path: string[]): Alteration[] => {
    const remove = alter(path, (parent, name) => {
      if (Array.isArray(parent)) parent.splice(Number(name), 1)
      else delete parent[name]
    })
    if (typeof value !== 'object' || value === null) {
      return [remove, alter(path, (parent, name) => Object.assign(parent, { [name]: otherThan(value) }))]
    }
    const inside = Object.entries(value).flatMap(([name, member]) => walk(member, [...path, name]))
    const add = alter([...path, 'description'], (parent, name) => Object.assign(parent, { [name]: 'ajouté' }))
    return [remove, ...inside, ...(Array.isArray(value) ? [] : [add])]
  }
  return Object.entries(credential).flatMap(([name, member]) => walk(member, [name]))
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  const text = String(value)
  return /^\d{4}-\d\d-\d\dT/.test(text)
    ? text.replace(/\d(?=Z$)/, (d) => String((Number(d) + 1) % 10))
    : `${text}x`
}
