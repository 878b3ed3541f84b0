import { type Awarded, award, createBadge, createTenant, SVG, type Tenant } from './factories.ts'
import type { TestService } from './service.ts'

const ALIGNMENT = {
  targetName: 'Travailler en équipe',
  targetUrl: 'https://competences.example/equipe',
  targetCode: 'EQ-1',
  targetDescription: 'Agir & coopérer « ensemble »',
  targetFramework: 'Référentiel d’insertion',
  targetType: 'ext:Savoir-etre',
}

const ISSUER = {
  email: 'badges@siae.example',
  description: 'Réseau de structures d’insertion par l’activité économique',
  language: 'fr',
}

/** A badge with every member that the API takes, and the narratives that break careless readers. */
export const FULLEST_BADGE = {
  name: 'J’organise } &quot;un chantier&quot; ]]> 🏅',
  description: 'Prépare {le chantier}, &copy l’équipe & le matériel <b>seul·e</b>.',
  criteria: { id: 'https://siae.example/criteres', narrative: '- a préparé}}} un chantier\n- \\{ l’a tenu' },
  language: 'fr',
  achievementType: 'Competency',
  tags: ['chantier', 'œuvre collective'],
  alignment: [ALIGNMENT],
  humanCode: 'CH-2',
  fieldOfStudy: 'Bâtiment',
  specialization: 'Gros œuvre',
  creditsAvailable: 1.5,
  resultDescription: [
    { id: 'score', name: 'Note', resultType: 'Percent', valueMin: '0', valueMax: '100', requiredValue: '50' },
    { id: 'etat', name: 'État', resultType: 'Status' },
    { id: 'lettre', name: 'Lettre', resultType: 'LetterGrade', allowedValue: ['C', 'B', 'A'] },
    {
      id: 'https://siae.example/niveaux',
      name: 'Niveau',
      resultType: 'RubricCriterionLevel',
      requiredLevel: 'debutant',
      alignment: [ALIGNMENT],
      rubricCriterionLevel: [
        { id: 'debutant', name: 'Débutant·e', level: '1', points: '10', description: 'Avec de l’aide' },
        { id: 'autonome', name: 'Autonome', alignment: [ALIGNMENT] },
      ],
    },
  ],
  related: [{ id: 'https://siae.example/badges/site', inLanguage: 'en', version: '2' }],
  validFor: 'P2Y',
}

export const FULLEST_AWARD = {
  recipient: { email: 'Aïcha.Benhaddou@Example.org', name: 'Aïcha Benhaddou' },
  discloseName: true,
  awardedDate: '2024-02-29T10:00:00+01:00',
  validFrom: '2024-03-01T00:00:00Z',
  validUntil: '2099-12-31T23:59:59.5Z',
  narrative: 'A tenu un chantier de **six semaines** } &lt;',
  evidence: [
    {
      id: 'https://siae.example/preuves/1?a=1&b=2',
      name: 'Photo',
      description: 'Le mur fini',
      narrative: 'Posé en une journée',
      genre: 'Photographie',
      audience: 'Jury',
    },
    { narrative: 'Vu par le référent' },
  ],
  results: [
    { resultDescription: 'score', value: '87,5' },
    { resultDescription: 'etat', status: 'Completed' },
    { resultDescription: 'lettre', value: 'B' },
    { resultDescription: 'https://siae.example/niveaux', achievedLevel: 'autonome' },
  ],
}

export const PLAINEST_BADGE = { name: 'Bref', description: 'Bref.', criteria: { narrative: 'Être là' } }

/** An issuer that says all it can of itself. */
export async function createFullestTenant(service: TestService, overrides: object = {}): Promise<Tenant> {
  const tenant = await createTenant(service.app, { ...ISSUER, ...overrides })
  // Another image than the badge's: the same URL in two places would be one node of the graph.
  const logo = SVG.replace('#2b6cb0', '#276749')
  const image = await tenant.call('PUT', `/v1/issuers/${tenant.slug}/image`, logo, {
    'content-type': 'image/svg+xml',
  })
  if (image.status !== 200) throw new Error(image.text)
  return tenant
}

/** An award in which every optional member of credential, badge class and issuer is given. */
export async function awardEverything(service: TestService, issuer: object = {}): Promise<Awarded> {
  const tenant = await createFullestTenant(service, issuer)
  return award(tenant, (await createBadge(tenant, FULLEST_BADGE)).id, FULLEST_AWARD)
}
