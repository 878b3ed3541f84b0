import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'

/** A Profile with every member that the standard names, its endorsements and its parent apart. */
export const fullProfile = (more: Json = {}) => ({
  id: 'https://elsewhere.example/issuers/1',
  type: ['Profile'],
  name: 'Ailleurs',
  url: 'https://elsewhere.example',
  phone: '+33 5 57 12 28 00',
  description: 'Un institut',
  image: { id: 'https://elsewhere.example/logo.png', type: 'Image', caption: 'Logo' },
  email: 'badges@elsewhere.example',
  address: {
    type: ['Address'],
    addressCountry: 'France',
    addressCountryCode: 'FR',
    addressRegion: 'Nouvelle-Aquitaine',
    addressLocality: 'Villenave-d’Ornon',
    streetAddress: '71 avenue Édouard Bourlaux',
    postOfficeBoxNumber: '81',
    postalCode: '33882',
    geo: { type: 'GeoCoordinates', latitude: 44.79, longitude: -0.57 },
  },
  otherIdentifier: [{ type: 'IdentifierEntry', identifier: '180070039', identifierType: 'ext:siren' }],
  official: 'Une directrice',
  familyName: 'Benhaddou',
  givenName: 'Aïcha',
  additionalName: 'M.',
  patronymicName: 'X',
  honorificPrefix: 'Dr',
  honorificSuffix: 'HDR',
  familyNamePrefix: 'de',
  dateOfBirth: '1980-02-29',
  ...more,
})
const alignment = {
  type: ['Alignment'],
  targetName: 'Compétence',
  targetUrl: 'https://elsewhere.example/c/1',
  targetCode: 'C1',
  targetDescription: 'Savoir',
  targetFramework: 'Référentiel',
  targetType: 'CFItem',
}
/** Something in the form of a token. */
export const JWS = 'eyJhbGciOiJFZERTQSJ9.e30.c2ln'

const common = {
  '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
  id: 'urn:uuid:3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11',
  description: 'Un badge',
  issuer: fullProfile(),
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2036-01-01T00:00:00.5+02:00',
  awardedDate: '2025-12-31T23:59:59-05:00',
  proof: [
    {
      type: 'DataIntegrityProof',
      created: '2026-01-01T00:00:00Z',
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      proofValue: 'z3',
      verificationMethod: 'did:key:z6Mk#z6Mk',
    },
  ],
  credentialSchema: [{ id: 'https://elsewhere.example/schema.json', type: 'JsonSchema' }],
  credentialStatus: { id: 'https://elsewhere.example/l#1', type: 'BitstringStatusListEntry' },
  refreshService: { id: 'https://elsewhere.example/r', type: '1EdTechCredentialRefresh' },
  termsOfUse: [{ id: 'https://elsewhere.example/t', type: 'https://elsewhere.example/Terms' }],
}
/** An EndorsementCredential with every member that the standard names. */
export const fullEndorsement = {
  ...common,
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Recommandation',
  credentialSubject: {
    id: 'https://elsewhere.example/achievements/1',
    type: ['EndorsementSubject'],
    endorsementComment: 'Un bon badge',
  },
}
const { proof: _proof, termsOfUse: _terms, ...shorter } = fullEndorsement
const endorsed = {
  endorsement: [{ ...shorter, issuer: { id: 'https://elsewhere.example/issuers/2', type: ['Profile'] } }],
  endorsementJwt: [JWS],
}
/** An Achievement with every member that the standard names. */
export const fullAchievement = {
  id: 'https://elsewhere.example/achievements/1',
  type: ['Achievement'],
  name: 'Bref',
  description: 'Bref.',
  criteria: { id: 'https://elsewhere.example/criteria', narrative: 'Être là' },
  achievementType: 'Badge',
  alignment: [alignment],
  creator: fullProfile({ parentOrg: fullProfile(endorsed) }),
  creditsAvailable: 3.5,
  ...endorsed,
  fieldOfStudy: 'Agronomie',
  humanCode: 'AGR1',
  image: { id: 'data:image/png;base64,AA==', type: 'Image' },
  inLanguage: 'fr-FR',
  otherIdentifier: [{ type: 'IdentifierEntry', identifier: '1', identifierType: 'systemId' }],
  related: [
    { id: 'https://elsewhere.example/a/0', type: ['Related'], inLanguage: 'zh-Hant-TW', version: '0' },
  ],
  resultDescription: [
    {
      id: 'urn:uuid:1',
      type: ['ResultDescription'],
      name: 'Note',
      resultType: 'RubricCriterionLevel',
      alignment: [alignment],
      allowedValue: ['A', 'B'],
      requiredLevel: 'urn:uuid:2',
      requiredValue: 'B',
      rubricCriterionLevel: [
        {
          id: 'urn:uuid:2',
          type: ['RubricCriterionLevel'],
          name: 'Maîtrise',
          alignment: [alignment],
          description: 'Bien',
          level: '3',
          points: '12',
        },
      ],
      valueMax: '20',
      valueMin: '0',
    },
  ],
  specialization: 'Sols',
  tag: ['sol', 'eau'],
  version: '2',
}
/** An AchievementCredential with every member that the standard names. */
export const fullBadge = {
  ...common,
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Bref',
  image: { id: 'https://elsewhere.example/b.png', type: 'Image' },
  ...endorsed,
  evidence: [
    {
      id: 'https://elsewhere.example/e',
      type: ['Evidence'],
      narrative: 'Il y était',
      name: 'Photo',
      description: 'D’une salle',
      genre: 'Photo',
      audience: 'Tous',
    },
  ],
  credentialSubject: {
    id: 'did:example:somebody',
    type: ['AchievementSubject'],
    achievement: fullAchievement,
    activityStartDate: '2025-01-01T00:00:00Z',
    activityEndDate: '2025-02-01T00:00:00Z',
    creditsEarned: 3,
    identifier: [
      {
        type: 'IdentityObject',
        hashed: true,
        identityHash: 'sha256$00',
        identityType: 'emailAddress',
        salt: 'sel',
      },
    ],
    image: { id: 'https://elsewhere.example/i.png', type: 'Image' },
    licenseNumber: '1',
    narrative: 'Elle a réussi',
    result: [
      {
        type: ['Result'],
        achievedLevel: 'urn:uuid:2',
        alignment: [alignment],
        resultDescription: 'urn:uuid:1',
        status: 'Completed',
        value: '12',
      },
    ],
    role: 'Stagiaire',
    source: fullProfile(),
    term: '2025',
  },
}
