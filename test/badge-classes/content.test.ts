import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { termFault } from '../../src/vc/as-written.ts'
import { FULLEST_BADGE } from '../support/everything.ts'
import { award, BADGE, createBadge, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'
import { sharedJson, withSharedData } from '../support/shared-data.ts'

const service = await startService(t)
const stranger = caller(service.app)
const tenant = await createTenant(service.app)
const pathOfNew = `/v1/issuers/${tenant.slug}/badge-classes`

const ALIGNMENT = { targetName: 'Équipe', targetUrl: 'https://competences.example/equipe' }
const LEVELS = [
  { id: 'a', name: 'A' },
  { id: 'b', name: 'B' },
]
const result = (members: object) => ({
  resultDescription: [{ id: 'r', name: 'Résultat', resultType: 'Percent', ...members }],
})

/** What each member of a badge class becomes in the public Achievement. */
const MEMBERS: [string, object, (url: string) => object][] = [
  [
    'criteria by narrative',
    { criteria: { narrative: '**a** signé' } },
    () => ({ criteria: { narrative: '**a** signé' } }),
  ],
  [
    'criteria by id',
    { criteria: { id: 'https://siae.example/c' } },
    () => ({ criteria: { id: 'https://siae.example/c' } }),
  ],
  ['language', { language: 'fr-FR' }, () => ({ inLanguage: 'fr-FR' })],
  ['tags', { tags: ['un', 'deux'] }, () => ({ tag: ['un', 'deux'] })],
  ['achievementType', { achievementType: 'MicroCredential' }, () => ({ achievementType: 'MicroCredential' })],
  [
    'an achievementType of our own',
    { achievementType: 'ext:Savoir' },
    () => ({ achievementType: 'ext:Savoir' }),
  ],
  ['alignment', { alignment: [ALIGNMENT] }, () => ({ alignment: [{ type: ['Alignment'], ...ALIGNMENT }] })],
  ['humanCode', { humanCode: 'E1' }, () => ({ humanCode: 'E1' })],
  ['fieldOfStudy', { fieldOfStudy: 'Bâtiment' }, () => ({ fieldOfStudy: 'Bâtiment' })],
  ['specialization', { specialization: 'Gros œuvre' }, () => ({ specialization: 'Gros œuvre' })],
  ['creditsAvailable', { creditsAvailable: 0 }, () => ({ creditsAvailable: 0 })],
  [
    'related',
    { related: [{ id: 'https://siae.example/en', inLanguage: 'en', version: '1' }] },
    () => ({
      related: [{ type: ['Related'], id: 'https://siae.example/en', inLanguage: 'en', version: '1' }],
    }),
  ],
  [
    'resultDescription',
    result({ resultType: 'RubricCriterionLevel', rubricCriterionLevel: LEVELS, requiredLevel: 'b' }),
    (url) => ({
      resultDescription: [
        {
          id: `${url}#r`,
          type: ['ResultDescription'],
          resultType: 'RubricCriterionLevel',
          requiredLevel: `${url}#b`,
          rubricCriterionLevel: [
            { id: `${url}#a`, type: ['RubricCriterionLevel'], name: 'A' },
            { id: `${url}#b`, type: ['RubricCriterionLevel'], name: 'B' },
          ],
        },
      ],
    }),
  ],
]

for (const [name, members, expected] of MEMBERS) {
  t.test(`the public Achievement tells ${name}`, async (t) => {
    const { id, achievementUrl } = await createBadge(tenant, members)
    const record = await tenant.call('GET', `/v1/badge-classes/${id}`)
    t.match(record.body, members, 'and the record has it as it was given')
    const { body } = await stranger('GET', `/achievements/${id}`)
    t.match(body, { id: achievementUrl, type: ['Achievement'], name: BADGE.name })
    t.match(body, expected(achievementUrl))
    t.equal(await termFault(body), undefined, 'every term is defined (JSON-LD safe mode)')
  })
}

t.test('the fullest Achievement has every member, all defined', async (t) => {
  const { id } = await createBadge(tenant, { ...FULLEST_BADGE, validFor: 'P2Y' })
  const { body } = await stranger('GET', `/achievements/${id}`)
  const expected = [
    '@context',
    'achievementType',
    'alignment',
    'creditsAvailable',
    'criteria',
    'description',
    'fieldOfStudy',
  ]
  expected.push(
    'humanCode',
    'id',
    'image',
    'inLanguage',
    'name',
    'related',
    'resultDescription',
    'specialization',
  )
  t.strictSame(
    Object.keys(body).sort(),
    [...expected, 'tag', 'type', 'version'],
    'validFor is not the standard’s',
  )
  t.equal(body.criteria.narrative, FULLEST_BADGE.criteria.narrative)
  t.equal(await termFault(body), undefined)
  t.match(await termFault({ ...body, validFor: 'P2Y' }), { code: 'undefined' }, 'and safe mode would notice')
})

t.test('the fullest Achievement follows both JSON Schemas of the standard', withSharedData, async (t) => {
  const { id } = await createBadge(tenant, FULLEST_BADGE)
  const { body } = await stranger('GET', `/achievements/${id}`)
  const { '@context': _, ...achievement } = body
  const { body: credential } = await stranger('GET', (await award(tenant, id)).path)
  t.strictSame(credential.credentialSubject.achievement, achievement, 'the credential holds the same')
  for (const family of ['json-ld-2026-06', 'json-strict-2024-07']) {
    const ajv = new Ajv2019({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const schema = sharedJson(`schemas/${family}/ob_v3p0_achievementcredential_schema.json`)
    const validate = ajv.compile({ ...schema.$defs.Achievement, $defs: schema.$defs, $id: undefined })
    t.ok(validate(achievement), `${family}: ${JSON.stringify(validate.errors)}`)
    t.notOk(validate({ ...achievement, criteria: 'text' }), `${family} notices a fault`)
    t.ok(ajv.compile(schema)(credential), `${family}: the whole credential`)
  }
})

t.test('validFor sets until when a credential is valid', async (t) => {
  const cases = [
    ['P2Y', '2028-01-31T09:00:00Z'],
    ['P1M', '2026-02-28T09:00:00Z'],
    ['P1Y1M', '2027-02-28T09:00:00Z'],
    ['P2W', '2026-02-14T09:00:00Z'],
    ['P10D', '2026-02-10T09:00:00Z'],
  ] as const
  service.setTime('2026-01-31T09:00:00Z')
  for (const [validFor, validUntil] of cases) {
    const { id } = await createBadge(tenant, { validFor })
    const { body } = await stranger('GET', (await award(tenant, id)).path)
    t.match([body.validFrom, body.validUntil], ['2026-01-31T09:00:00Z', validUntil], validFor)
  }
  const { body } = await stranger('GET', (await award(tenant, (await createBadge(tenant)).id)).path)
  t.notOk('validUntil' in body, 'without it there is no end')
})

t.test('a badge class that is not right is refused with the path of its fault', async (t) => {
  const long = (n: number) => 'a'.repeat(n)
  const faults: [string, object][] = [
    ['/name', { name: 1 }],
    ['/name', { name: '\t' }],
    ['/name', { name: long(201) }],
    ['/description', { description: '' }],
    ['/description', { description: long(5001) }],
    ['/criteria', { criteria: {} }],
    ['/criteria', { criteria: 'Faire' }],
    ['/criteria/id', { criteria: { id: 'criteres' } }],
    ['/criteria/html', { criteria: { narrative: 'x', html: '<p>' } }],
    ['/language', { language: 'x' }],
    ['/achievementType', { achievementType: 'Médaille' }],
    ['/tags', { tags: [] }],
    ['/tags', { tags: ['a', 'a'] }],
    ['/tags/1', { tags: ['a', ''] }],
    ['/alignment/0/targetUrl', { alignment: [{ targetName: 'a' }] }],
    ['/alignment/0/targetType', { alignment: [{ ...ALIGNMENT, targetType: 'Chose' }] }],
    ['/creditsAvailable', { creditsAvailable: -1 }],
    ['/creditsAvailable', { creditsAvailable: '1' }],
    ['/validFor', { validFor: 'P' }],
    ['/validFor', { validFor: 'PT1H' }],
    ['/validFor', { validFor: '2 ans' }],
    ['/related/0/id', { related: [{ id: 'en' }] }],
    ['/slug', { slug: 'Je m’engage' }],
    ['/status', { status: 'published' }],
    ['/version', { version: 7 }],
    ['/resultDescription/0/resultType', result({ resultType: 'Note' })],
    ['/resultDescription/0/valueMin', result({ valueMin: 'bas' })],
    ['/resultDescription/0/valueMin', result({ valueMin: '10', valueMax: '9' })],
    ['/resultDescription/0/valueMin', result({ valueMin: '2', valueMax: '-1.5' })],
    ['/resultDescription/0/requiredLevel', result({ requiredLevel: 'c', rubricCriterionLevel: LEVELS })],
    ['/resultDescription/0/requiredLevel', result({ requiredLevel: 'a' })],
    ['/resultDescription/0/requiredValue', result({ requiredValue: 'D', allowedValue: ['A', 'B'] })],
    [
      '/resultDescription/0/rubricCriterionLevel/1/id',
      result({ rubricCriterionLevel: [LEVELS[0], LEVELS[0]] }),
    ],
    ['/resultDescription/0/rubricCriterionLevel/0/id', result({ id: 'a', rubricCriterionLevel: LEVELS })],
  ]
  const { id } = await createBadge(tenant)
  for (const [path, fault] of faults) {
    const what = JSON.stringify(fault).slice(0, 90)
    const made = await tenant.call('POST', pathOfNew, { ...BADGE, ...fault })
    const changed = await tenant.call('PATCH', `/v1/badge-classes/${id}`, fault)
    for (const answer of [made, changed]) {
      t.equal(answer.status, 400, what)
      t.ok(
        answer.body.errors?.some((e: { path: string }) => e.path === path),
        `${path} is named: ${JSON.stringify(answer.body.errors)}`,
      )
    }
  }
  t.equal((await tenant.call('GET', `/v1/badge-classes/${id}`)).body.version, 1, 'nothing is kept')
})

t.test('every fault of a badge class is told at once', async (t) => {
  const { body } = await tenant.call('POST', pathOfNew, { name: '', tags: 'a', colour: 'red' })
  const paths = body.errors.map((e: { path: string }) => e.path)
  for (const path of ['/name', '/description', '/criteria', '/tags', '/colour'])
    t.ok(paths.includes(path), path)
})
