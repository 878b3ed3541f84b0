import fc from 'fast-check'
import t from 'tap'
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import type { Json, UnsignedCredential } from '../../src/vc/credential.ts'
import { badgeSchemaFaults, endorsementSchemaFaults } from '../../src/vc/open-badges/faults.ts'
import { toVcdm1 } from '../../src/vc/vcdm1.ts'
import { changed, copyOf } from '../support/changed-documents.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { fullAchievement, fullBadge, fullEndorsement, fullProfile } from '../support/full-credentials.ts'
import { caller, startService } from '../support/service.ts'
import { sharedJson, withSharedData } from '../support/shared-data.ts'
import { FAMILIES, standardSchema } from '../support/standard-schemas.ts'
import { threadTime } from '../support/thread-time.ts'

t.test('it agrees with the published schemas', withSharedData, async (t) => {
  const service = await startService(t)
  const tenant = await createTenant(service.app)
  const { path } = await award(tenant, (await createBadge(tenant)).id)
  const ours: Json = (await caller(service.app)('GET', path)).body
  const vector = (name: string): Json => sharedJson(`vectors/${name}.json`)
  const BADGES = [
    fullBadge,
    ours,
    ...['fullOpenBadge', 'skillAssertionCase', 'achievementAlignmentCe'].map((name) =>
      vector(`1edtech-examples/${name}`),
    ),
    ...['complete', 'simple'].map((name) => vector(`1edtech-validator/${name}`)),
  ]
  const ENDORSEMENTS = [
    fullEndorsement,
    vector('1edtech-examples/endorsement'),
    vector('1edtech-validator/endorsement-valid'),
  ]
  const KINDS = [
    ['achievementcredential', BADGES, badgeSchemaFaults, 2000],
    ['endorsementcredential', ENDORSEMENTS, endorsementSchemaFaults, 1000],
  ] as const
  for (const [name, documents, faultsOf, runs] of KINDS) {
    const [strict, compacted] = FAMILIES.map((family) => standardSchema(family, name))
    const fits = (document: Json) => faultsOf(document).length === 0
    for (const document of documents) {
      t.strictSame(faultsOf(document), [], `${name}: as it is`)
      t.ok(compacted!(document))
    }
    const seen = { accepted: 0, refused: 0 }
    const agrees = (document: Json) => {
      const isStrict = strict!(document)
      const isRefused = !isStrict && !compacted!(document)
      if (isStrict) seen.accepted++
      if (isRefused) seen.refused++
      // A language map is the only other thing that the compacted family takes, and no context defines one.
      if (isStrict && !fits(document)) throw new Error(`refused at ${faultsOf(document)}`)
      if (isRefused && fits(document)) throw new Error('accepted')
      if (fits(document) !== fits(older(document) as Json)) throw new Error('otherwise in VCDM 1.1')
    }
    fc.assert(fc.property(changed(documents), agrees), { numRuns: runs })
    t.ok(seen.accepted > runs / 10 && seen.refused > runs / 10, `${JSON.stringify(seen)} of ${runs} ${name}`)
  }
})

t.test('a list of one may stand as its member', async (t) => {
  const collapse = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length === 1 ? collapse(value[0]) : value.map(collapse)
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, collapse(member)]))
  }
  t.strictSame(badgeSchemaFaults(collapse(fullBadge) as Json), [])
  t.strictSame(endorsementSchemaFaults(collapse(fullEndorsement) as Json), [])
})

t.test('each data model has its own dates', async (t) => {
  const { endorsement: _e, endorsementJwt: _j, ...alone } = fullBadge
  const plain = {
    ...alone,
    credentialSubject: { ...fullBadge.credentialSubject, achievement: plainAchievement() },
  }
  const vcdm1 = toVcdm1(plain as UnsignedCredential)
  t.strictSame(badgeSchemaFaults(vcdm1), [])
  const { issuanceDate: _, ...undated } = vcdm1
  t.strictSame(badgeSchemaFaults(undated), ['/issuanceDate'])
  t.strictSame(badgeSchemaFaults({ ...undated, validFrom: '2026-01-01T00:00:00Z' }), ['/issuanceDate'])
  const { validFrom: _v, ...newer } = plain
  t.strictSame(badgeSchemaFaults({ ...newer, issuanceDate: '2026-01-01T00:00:00Z' }), ['/validFrom'])
  t.strictSame(badgeSchemaFaults({ ...vcdm1, expirationDate: 'never' }), ['/expirationDate'])
})

t.test('it says where the fault is', async (t) => {
  const at = (path: string, value: unknown): Json => {
    const document = copyOf(fullBadge)
    const names = path.split('/').slice(1)
    const holder = names.slice(0, -1).reduce<Json>((inside, name) => inside[name] as Json, document)
    if (value === undefined) delete holder[names.at(-1)!]
    else holder[names.at(-1)!] = value
    return document
  }
  const places: [string, unknown][] = [
    ['/id', undefined],
    ['/id', 1],
    ['/@context/0', 'https://elsewhere.example'],
    ['/issuer/otherIdentifier/0/identifierType', 'siren'],
    ['/issuer/address/geo/latitude', '44'],
    ['/image/colour', 'red'],
    ['/credentialSubject/identifier/0/hashed', undefined],
    ['/credentialSubject/identifier/0/email', 'a@b.fr'],
    ['/credentialSubject/achievement/criteria', 'x'],
    ['/credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/points', 12],
    ['/credentialSubject/achievement/creator/parentOrg/endorsement/0/credentialSubject/id', undefined],
    ['/endorsement/0/validFrom', '2026-01-01'],
    ['/evidence/0/name', null],
  ]
  for (const [path, value] of places)
    t.ok(badgeSchemaFaults(at(path, value)).includes(path), `${path}: ${badgeSchemaFaults(at(path, value))}`)
  const many = { ...fullBadge, evidence: Array.from({ length: 500 }, () => ({})) }
  t.equal(badgeSchemaFaults(many).length, 5, 'no more than five are told')
  t.strictSame(badgeSchemaFaults({}).length > 0, true)
})

t.test('endorsements in endorsements take no time', async (t) => {
  let deepest: Json = { ...fullEndorsement, validFrom: 'never' }
  for (let i = 0; i < 8; i++)
    deepest = { ...fullEndorsement, issuer: { ...fullProfile(), endorsement: deepest } }
  const start = threadTime()
  t.ok(badgeSchemaFaults({ ...fullBadge, endorsement: deepest }).length > 0)
  t.ok(threadTime() - start < 1000, `${threadTime() - start} ms`)
})

function plainAchievement(): Json {
  const { endorsement: _e, endorsementJwt: _j, creator: _c, ...plain } = fullAchievement
  return plain
}

/** The same credential, and those in it, in the older data model. */
function older(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(older)
  if (!isObject(value)) return value
  const contexts = value['@context']
  const isNewer = Array.isArray(contexts) && contexts[0] === CREDENTIALS_V2
  const names: Record<string, string> = isNewer
    ? { validFrom: 'issuanceDate', validUntil: 'expirationDate' }
    : {}
  const members = Object.entries(value).map(([name, member]) => [names[name] ?? name, older(member)])
  return {
    ...Object.fromEntries(members),
    ...(isNewer ? { '@context': [CREDENTIALS_V1, ...contexts.slice(1)] } : {}),
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
