import { by, type Proof, requirementsOf, type Standard } from '../requirement.ts'

const OF_CREDENTIALS: readonly [section: string, rule: string][] = [
  ['4.1', 'the @context is an ordered set of URIs and objects'],
  ['4.2', 'an id is a single URI'],
  ['4.3', 'a credential has the type VerifiableCredential'],
  ['4.4', 'a credential has a credentialSubject with claims'],
  ['4.5', 'a credential has an issuer, a URI or an object whose id is one'],
  ['4.6', 'a credential has an issuanceDate, an XML Schema dateTime'],
  ['4.8', 'an expirationDate is an XML Schema dateTime'],
  ['4.9', 'credentialStatus has an id and a type'],
  ['5.4', 'credentialSchema has an id and a type'],
  ['5.5', 'refreshService has an id and a type'],
  ['5.6', 'termsOfUse has a type'],
  ['5.7', 'evidence has a type'],
]
const OF_PROOFS_AND_PRESENTATIONS: typeof OF_CREDENTIALS = [
  ['4.7', 'a proof says its type'],
  ['4.10', 'a presentation has the type VerifiablePresentation and holds credentials'],
]

const rows = (how: 'issued' | 'verified', rules: typeof OF_CREDENTIALS): [string, string, Proof[]][] =>
  rules.map(([section, rule]) => {
    const must = `${rule[0]!.toUpperCase()}${rule.slice(1)}`
    return [section, must, by('vc-api/data-model', `${how}: VCDM 1.1, section ${section}: ${rule}`)]
  })

/** The older model, which wallets still keep. */
export const DATA_MODEL_1: Standard = {
  name: 'Verifiable Credentials Data Model 1.1',
  url: 'https://www.w3.org/TR/2022/REC-vc-data-model-20220303/',
  requirements: [
    ...requirementsOf('issuer', [
      ...rows('issued', OF_CREDENTIALS),
      [
        '4.7',
        'A credential is secured by at least one proof, which says its type',
        by('vc-api/issue', 'did:web, Ed25519Signature2020: a credential of VCDM 1.1 is signed, and verifies'),
      ],
    ]),
    ...requirementsOf('verifier', rows('verified', [...OF_CREDENTIALS, ...OF_PROOFS_AND_PRESENTATIONS])),
  ],
}
