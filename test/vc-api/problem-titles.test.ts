import t from 'tap'
import { signAsGiven } from '../../src/vc/sign.ts'
import { CREDENTIAL } from '../support/credentials.ts'
import { foreignIssuer } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'

interface Detail {
  type: string
  title: string
  detail: string
  path?: string
}

const service = await startService(t)
const call = caller(service.app)
const stranger = foreignIssuer()
const signed = (overrides: object) =>
  signAsGiven({ ...CREDENTIAL, issuer: stranger.did, ...overrides }, stranger.key, {
    suite: 'eddsa-rdfc-2022',
    created: new Date('2024-01-01T00:00:00Z'),
  })

async function problemOf(verifiableCredential: object, language: string): Promise<Detail> {
  const headers = { 'accept-language': language }
  const { body } = await call('POST', '/credentials/verify', { verifiableCredential }, headers)
  return body.problemDetails[0]
}

// RFC 9457, section 3.1.3.
t.test('the title is of the type, in the reader’s language, and the detail of what was found', async (t) => {
  const ended = await signed({ validUntil: '2024-02-01T00:00:00Z' })
  const future = await signed({ validFrom: '2999-01-01T00:00:00Z' })
  const altered = { ...(await signed({})), name: 'Autre' }
  for (const [language, range, proof] of [
    ['en', 'A value is out of range', 'The proof is not verified'],
    ['fr', 'Valeur hors limites', 'Signature non vérifiée'],
  ] as const) {
    const [one, other] = [await problemOf(ended, language), await problemOf(future, language)]
    t.equal(one.type, other.type)
    t.equal(one.title, range)
    t.equal(other.title, range)
    t.not(one.detail, other.detail)
    t.match(await problemOf(altered, language), { title: proof })
  }
})

const VCDM = 'https://www.w3.org/TR/vc-data-model#'
const SECURITY = 'https://w3id.org/security#'
const POINTS: [what: string, overrides: object, type: string, path?: string][] = [
  ['a proof that is null', { proof: null }, `${VCDM}PARSING_ERROR`, '/proof'],
  ['a proof that is a text', { proof: 'z' }, `${VCDM}PARSING_ERROR`, '/proof'],
  ['a proof in a list that is a text', { proof: ['z'] }, `${VCDM}PARSING_ERROR`, '/proof/0'],
  ['a proof without type', { proof: {} }, `${SECURITY}PROOF_VERIFICATION_ERROR`, '/proof/type'],
  ['one of several', { proof: [{ type: 5 }] }, `${SECURITY}PROOF_VERIFICATION_ERROR`, '/proof/0/type'],
  [
    'a proof that has a number among its types',
    { proof: { type: ['DataIntegrityProof', 5] } },
    `${SECURITY}PROOF_VERIFICATION_ERROR`,
    '/proof/type/1',
  ],
  ['something else without type', { evidence: {} }, `${VCDM}MALFORMED_VALUE_ERROR`, '/evidence/type'],
  ['a subject that is none', { credentialSubject: 5 }, `${VCDM}MALFORMED_VALUE_ERROR`, '/credentialSubject'],
  ['a term that is not defined', { grade: 1 }, `${SECURITY}DATA_LOSS_DETECTION_ERROR`],
  [
    'a type that is not defined',
    { type: ['VerifiableCredential', 'Stage'] },
    `${SECURITY}DATA_LOSS_DETECTION_ERROR`,
  ],
]
for (const [what, overrides, type, path] of POINTS) {
  t.test(`${what} has the type that the standard gives it`, async (t) => {
    const document = { ...(await signed({})), ...overrides }
    const problem = await problemOf(document, 'en')
    t.strictSame([problem.type, problem.path], [type, path])
  })
}

t.test('a proof within a presentation has the same types', async (t) => {
  const verifiablePresentation = {
    '@context': CREDENTIAL['@context'],
    type: ['VerifiablePresentation'],
    verifiableCredential: [{ ...(await signed({})), proof: {} }],
    proof: null,
  }
  const { body } = await call('POST', '/presentations/verify', { verifiablePresentation })
  const told = body.problemDetails.map(({ type, path }: Detail) => [type, path])
  t.strictSame(
    new Map(told.map(([type, path]: [string, string]) => [path, type])),
    new Map([
      ['/verifiableCredential/0/proof/type', `${SECURITY}PROOF_VERIFICATION_ERROR`],
      ['/proof', `${VCDM}PARSING_ERROR`],
    ]),
  )
})

t.test('a fault of the model is told in a whole sentence, with its place', async (t) => {
  const nowhere = { ...(await signed({})), issuer: 'x' }
  const [en, fr] = [await problemOf(nowhere, 'en'), await problemOf(nowhere, 'fr')]
  t.match(en.detail, /^It does not follow .+: \/issuer must be .+\.$/)
  t.match(fr.detail, /^Le modèle de données .+ n’est pas respecté\u00a0: \/issuer doit être .+\.$/)
  const { body } = await call('POST', '/presentations/verify', {
    verifiablePresentation: {
      ...(await signed({})),
      type: ['VerifiablePresentation'],
      verifiableCredential: [5],
    },
  })
  t.match(body.problemDetails[0], {
    path: '/verifiableCredential/0',
    detail: /\/verifiableCredential\/0 must be/,
  })
})

t.test('no line breaks before a colon in French', async (t) => {
  const { detail } = await problemOf({ ...(await signed({})), name: 'Autre' }, 'fr')
  t.match(detail, /^La signature ne correspond pas\u00a0: /)
})
