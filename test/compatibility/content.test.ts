import sharp from 'sharp'
import t from 'tap'
import {
  assess,
  codesOf,
  createBadgeWith,
  createDraftWith,
  familyOf,
  fitting,
  NEVER,
} from '../support/compatibility.ts'
import { BADGE, createDraft, createTenant, SVG } from '../support/factories.ts'
import { png } from '../support/images.ts'
import { startService } from '../support/service.ts'

const service = await startService(t, { publicUrl: 'https://badges.example.org' })
const tenant = await createTenant(service.app)
const PNG = await png(600, 600)

t.test('pictures', async (t) => {
  const svgOnly = await assess(tenant, await createBadgeWith(tenant, SVG))
  t.match(familyOf(svgOnly, 'learner-credential-wallet'), {
    fits: 'partly',
    reasons: [{ code: 'image-svg' }],
  })
  t.same(familyOf(svgOnly, 'learncard'), { ...familyOf(svgOnly, 'learncard'), fits: 'yes', reasons: [] })
  t.match(svgOnly.general, [{ code: 'image-svg-doubtful', severity: 'note' }], 'told once')
  t.same((await assess(tenant, await createBadgeWith(tenant, PNG))).general, [])

  const { id } = await createDraft(tenant)
  const none = await assess(tenant, id)
  t.match(familyOf(none, 'learncard'), {
    fits: 'partly',
    reasons: [{ code: 'image-none', severity: 'limits' }],
  })
  t.equal(familyOf(none, 'linkedin').fits, 'yes')
  t.ok(
    none.samples.every(({ verified }) => verified),
    'a plain shield stands in',
  )

  const noise = Buffer.from(await noisyPng())
  const huge = familyOf(await assess(tenant, await createBadgeWith(tenant, noise)), 'backpacks')
  t.match(huge, { fits: 'yes', reasons: [{ code: 'image-heavy', severity: 'note' }] })
  t.match(huge.reasons[0]!.message, /KB \(800 × 800 pixels\)/)

  const small = await assess(tenant, await createBadgeWith(tenant, await png(64, 64)))
  t.match(codesOf(small, 'learncard'), ['image-small'])
})

async function noisyPng(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 }
  const create = { width: 800, height: 800, channels: 3 as const, background: '#000', noise }
  return sharp({ create }).png().toBuffer()
}

t.test('a draft and an archived badge are told as what they would be and were', async (t) => {
  const id = await createDraftWith(tenant, PNG)
  const before = await assess(tenant, id)
  t.match(before, { status: 'draft' })
  t.same(codesOf(before, 'learncard'), ['not-published'])
  await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  t.same(codesOf(await assess(tenant, id), 'learncard'), [])
  await tenant.call('POST', `/v1/badge-classes/${id}/archive`)
  const after = await assess(tenant, id)
  t.match(after, { status: 'archived' })
  t.match(familyOf(after, 'learncard'), { fits: 'yes', reasons: [{ code: 'archived', severity: 'note' }] })
})

t.test('what is changed counts at once', async (t) => {
  const { id } = await createDraft(tenant)
  t.ok(codesOf(await assess(tenant, id), 'learncard').includes('image-none'))
  await tenant.call('PUT', `/v1/badge-classes/${id}/image`, PNG, { 'content-type': 'image/png' })
  t.notOk(codesOf(await assess(tenant, id), 'learncard').includes('image-none'))
})

t.test('what a badge says', async (t) => {
  const alignment = Array.from({ length: 50 }, (_, i) => ({
    targetName: `Compétence ${i}`,
    targetUrl: `https://referentiel.example/${i}`,
    targetDescription: 'é'.repeat(600),
  }))
  const cases: [overrides: object, code: string][] = [
    [{ name: 'N'.repeat(101) }, 'name-long'],
    [{ criteria: { id: 'https://siae.example/criteres' } }, 'criteria-elsewhere'],
    [{ achievementType: 'ext:Engagement' }, 'type-of-your-own'],
    [{ language: 'ar' }, 'pages-in-french'],
    [{ alignment }, 'credential-large'],
  ]
  for (const [overrides, code] of cases) {
    const found = await assess(tenant, await createBadgeWith(tenant, PNG, overrides))
    t.match(familyOf(found, 'learncard'), { fits: 'yes', reasons: [{ code, severity: 'note' }] }, code)
    t.same(fitting(found, 'no'), NEVER)
  }
  const plain = await createBadgeWith(tenant, PNG, {
    name: 'N'.repeat(100),
    language: 'fr-BE',
    achievementType: 'Badge',
  })
  t.same(codesOf(await assess(tenant, plain), 'learncard'), [])
})

t.test('a badge that says all it can is verified in every form', async (t) => {
  const id = await createBadgeWith(tenant, PNG, {
    name: 'Accolades } et "guillemets" & <balises>',
    achievementType: 'Competency',
    tags: ['engagement'],
    language: 'fr',
    validFor: 'P2Y',
    creditsAvailable: 2.5,
    related: [{ id: 'https://badges.example.org/achievements/1', inLanguage: 'en' }],
    alignment: [{ targetName: 'Savoir être', targetUrl: 'https://referentiel.example/1' }],
    resultDescription: [
      { id: 'score', name: 'Score', resultType: 'Percent', valueMin: '0', valueMax: '100' },
      { id: 'fini', name: 'Fini', resultType: 'Status' },
      {
        id: 'niveau',
        name: 'Niveau',
        resultType: 'RubricCriterionLevel',
        rubricCriterionLevel: [{ id: 'n1', name: 'Débutant' }],
      },
    ],
  })
  const { samples } = await assess(tenant, id)
  t.same(
    samples.filter(({ verified }) => !verified),
    [],
  )
})

t.test('a badge with more parts than anybody checks is not tried, and told so', async (t) => {
  const alignment = [{ targetName: 'Savoir être', targetUrl: 'https://referentiel.example/1' }]
  const level = (_: unknown, i: number) => ({ id: `n${i}`, name: 'Niveau', alignment })
  const rubricCriterionLevel = Array.from({ length: 50 }, level)
  const resultDescription = Array.from({ length: 20 }, (_, i) => ({
    id: `r${i}`,
    name: 'Résultat',
    resultType: 'RubricCriterionLevel',
    rubricCriterionLevel: rubricCriterionLevel.map((one) => ({ ...one, id: `r${i}${one.id}` })),
  }))
  const from = performance.now()
  const found = await assess(tenant, await createDraftWith(tenant, PNG, { resultDescription }))
  t.ok(performance.now() - from < 10_000)
  t.same(
    found.samples.filter(({ verified }) => verified).map(({ format }) => format),
    ['vc-jwt', 'jwt_vc_json'],
  )
  t.match(familyOf(found, 'inji'), {
    fits: 'no',
    reasons: [{ code: 'too-many-parts', severity: 'blocks', message: /2400/ }],
  })
  t.match(familyOf(found, 'credo-paradym'), { fits: 'yes', formats: ['jwt_vc_json'] })
})

t.test('in the language of the reader, once each, with nothing left to fill in', async (t) => {
  const id = await createBadgeWith(tenant, SVG, { ...BADGE, name: 'N'.repeat(150), language: 'de' })
  for (const language of ['fr', 'en']) {
    const { wallets } = await assess(tenant, id, language)
    for (const { name, reasons } of wallets) {
      t.equal(new Set(reasons.map(({ message }) => message)).size, reasons.length, name)
      for (const { message } of reasons) t.notMatch(message, /\{\w+\}/)
    }
  }
  const french = await assess(tenant, id, 'fr')
  t.match(familyOf(french, 'learner-credential-wallet').reasons[0]!.message, /Ajoutez plutôt une image PNG/)
  t.match(familyOf(french, '1edtech-validator').name, 'Vérificateur public de 1EdTech')
  t.same(fitting(french, 'partly'), fitting(await assess(tenant, id), 'partly'))
  const answer = await tenant.call('GET', `/v1/badge-classes/${id}/compatibility`, undefined, {
    'accept-language': 'fr',
  })
  t.equal(answer.headers['content-language'], 'fr')
})
