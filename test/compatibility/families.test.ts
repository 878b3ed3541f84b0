import t from 'tap'
import type { BadgeFacts } from '../../src/compatibility/facts.ts'
import { fitnessOf } from '../../src/compatibility/reasons.ts'
import { SAMPLE_FORMATS } from '../../src/compatibility/samples.ts'
import { WALLET_FAMILIES } from '../../src/compatibility/wallets.ts'
import { BADGE } from '../support/factories.ts'

const NOW = new Date('2026-11-01T10:00:00Z')
const ID = '3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11'

/** A badge that has nothing against it. */
const FACTS: BadgeFacts = {
  badge: {
    badgeClass: {
      id: ID,
      issuerId: ID,
      slug: null,
      status: 'published',
      version: 1,
      revision: 1,
      createdAt: NOW,
      updatedAt: NOW,
    },
    version: {
      badgeClassId: ID,
      version: 1,
      content: { ...BADGE, claimBinding: 'none' },
      image: 'a.png',
      imagePng: 'a.png',
      publishedAt: NOW,
    },
  },
  issuer: { didMethod: 'web', proofSuite: 'eddsa-rdfc-2022' },
  origin: 'https://badges.example.org',
  reach: 'public',
  isIpAddress: false,
  hasPort: false,
  image: { kind: 'png', bytes: 10_000, width: 600, height: 600 },
  samples: SAMPLE_FORMATS.map((format) => ({ format, bytes: 2000, verified: true })),
  hasTooManyParts: false,
  missingKeys: [],
  didDocumentBytes: 1500,
}

const fits = (facts: BadgeFacts) =>
  Object.fromEntries(WALLET_FAMILIES.map((family) => [family.family, fitnessOf(family, facts)]))

t.test('a DID document that some resolvers do not read', async (t) => {
  const at = fits({ ...FACTS, didDocumentBytes: 8192 })
  t.equal(at.verifierplus!.fits, 'yes')
  const beyond = fits({ ...FACTS, didDocumentBytes: 8193 })
  t.match(beyond.verifierplus, {
    fits: 'no',
    formats: [],
    reasons: [{ code: 'did-document-large', severity: 'blocks', params: { bytes: 8193, max: 8192 } }],
  })
  t.equal(beyond.learncard!.fits, 'yes')
  const key = { didMethod: 'key', proofSuite: 'eddsa-rdfc-2022' } as const
  t.equal(fits({ ...FACTS, didDocumentBytes: 8193, issuer: key }).verifierplus!.fits, 'yes')
})

t.test('one form that fails takes from each wallet no more than that form', async (t) => {
  const without = (...failing: string[]) =>
    fits({
      ...FACTS,
      samples: FACTS.samples.map((one) => ({ ...one, verified: !failing.includes(one.format) })),
    })
  const noJwt = without('jwt_vc_json')
  t.match(noJwt['walt-id'], { fits: 'no', reasons: [{ code: 'sample-fails', severity: 'blocks' }] })
  t.match(noJwt['credo-paradym'], { fits: 'yes', formats: ['ldp_vc_v1'], reasons: [{ severity: 'note' }] })
  t.match(noJwt.inji, { fits: 'yes' })
  const noOwn = without('eddsa-rdfc-2022')
  t.match(noOwn.inji, { fits: 'no' }, 'the issuer’s own suite is what its protocol delivers')
  t.match(noOwn['1edtech-validator'], { fits: 'yes' }, 'a file can be had with the other')
  t.match(without('png')['learner-credential-wallet'], {
    formats: ['eddsa-rdfc-2022', 'Ed25519Signature2020'],
  })
})

t.test('the gravest reason comes first', async (t) => {
  const found = fits({ ...FACTS, reach: 'local', image: 'none', didDocumentBytes: 9000 })
  const severities = found['learner-credential-wallet']!.reasons.map(({ severity }) => severity)
  t.same(severities, ['blocks', 'blocks', 'limits', 'note'])
})

t.test('every family has a name of its own', async (t) => {
  const names = WALLET_FAMILIES.map(({ family }) => family)
  t.equal(new Set(names).size, names.length)
  for (const { family, formats, refuses } of WALLET_FAMILIES) {
    t.equal(formats.length === 0, refuses !== undefined, family)
  }
})
