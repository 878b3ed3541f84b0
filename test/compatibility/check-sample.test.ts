import t from 'tap'
import { jwtFaults, pngFaults, proofFaults, svgFaults } from '../../src/compatibility/check-sample.ts'
import { bakePng } from '../../src/delivery/baking/png.ts'
import { bakeSvg } from '../../src/delivery/baking/svg.ts'
import type { UnsignedCredential } from '../../src/vc/credential.ts'
import { signJwt, signVcClaim } from '../../src/vc/jwt.ts'
import { generateKeyPair, type KeyAlgorithm, privateKeyFrom, type SigningKey } from '../../src/vc/keys.ts'
import { signCredential } from '../../src/vc/sign.ts'
import { toVcdm1 } from '../../src/vc/vcdm1.ts'
import { walletJson } from '../../src/vc/wallet-json.ts'
import { SVG } from '../support/factories.ts'
import { png } from '../support/images.ts'

const DID = 'did:web:badges.example.org:issuers:inae'

function key(algorithm: KeyAlgorithm): SigningKey {
  const { privateJwk, publicKeyMultibase } = generateKeyPair(algorithm)
  return {
    id: `${DID}#${publicKeyMultibase}`,
    controller: DID,
    algorithm,
    privateKey: privateKeyFrom(privateJwk),
  }
}

const CREDENTIAL = {
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ],
  id: 'https://badges.example.org/credentials/1',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Je m’engage }}}',
  issuer: { id: DID, type: ['Profile'], name: 'INAÉ' },
  validFrom: '2026-11-01T10:00:00Z',
  validUntil: '2028-11-01T10:00:00Z',
  credentialSubject: {
    id: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://badges.example.org/achievements/1',
      type: ['Achievement'],
      name: 'Je m’engage',
      description: 'Période d’essai passée.',
      criteria: { narrative: '- a signé son contrat' },
    },
  },
} satisfies UnsignedCredential

t.test('a token with a proof inside', async (t) => {
  const signer = key('Ed25519')
  const options = { suite: 'eddsa-rdfc-2022' as const, created: new Date() }
  const signed = await signCredential(CREDENTIAL, signer, options)
  t.same(await proofFaults(walletJson(signed), signer), [])
  t.match(await proofFaults(walletJson({ ...signed, name: 'Autre' }), signer), [/does not verify/])
  t.match(await proofFaults(walletJson(signed), key('Ed25519')), [/does not verify/], 'by another key')
  t.match(await proofFaults('{', signer), [/no JSON/])
  const { criteria: _, ...achievement } = CREDENTIAL.credentialSubject.achievement
  const subject = { ...CREDENTIAL.credentialSubject, achievement }
  const incomplete = await signCredential({ ...CREDENTIAL, credentialSubject: subject }, signer, options)
  t.match(await proofFaults(walletJson(incomplete), signer), [/achievement/], 'signed, and no badge')
})

t.test('a JWT', async (t) => {
  const signer = key('P-256')
  const own = await signJwt(CREDENTIAL, signer)
  const older = await signVcClaim(toVcdm1(CREDENTIAL), signer)
  t.same(jwtFaults(own, signer), [])
  t.same(jwtFaults(older, signer), [])
  t.same(jwtFaults(own, key('P-256')), ['header'], 'it names its key')
  t.same(jwtFaults(own, { ...key('P-256'), id: signer.id }), ['signature'])
  const [header, payload, signature] = own.split('.') as [string, string, string]
  const altered = Buffer.from(payload, 'base64url').toString().replace('INA', 'ANI')
  t.same(jwtFaults(`${header}.${Buffer.from(altered).toString('base64url')}.${signature}`, signer), [
    'signature',
  ])
  const subject = { ...CREDENTIAL.credentialSubject, id: undefined }
  const nobody = await signJwt({ ...CREDENTIAL, credentialSubject: subject }, signer)
  t.match(jwtFaults(nobody, signer), ['sub'], 'a subject that nothing names')
  const late = { ...CREDENTIAL, validFrom: '2026-11-01T10:00:00Z', iss: 'did:web:autre.example' }
  t.same(jwtFaults(await signJwt(late, signer), signer), [], 'what the claims say again, they overrule')
})

t.test('pictures give back what was put in, to a reader that counts braces', async (t) => {
  const image = await png(10, 10)
  const json = walletJson(CREDENTIAL)
  t.same(pngFaults(bakePng(image, json), json), [])
  t.same(svgFaults(Buffer.from(bakeSvg(SVG, json)), json), [])
  t.same(pngFaults(bakePng(image, JSON.stringify(CREDENTIAL)), JSON.stringify(CREDENTIAL)), ['iTXt'])
  t.same(pngFaults(image, json), ['iTXt'])
  t.same(pngFaults(bakePng(image, json), walletJson({})), ['iTXt'], 'another credential')
  t.same(svgFaults(Buffer.from(SVG), json), ['openbadges:credential'])
})
