import { by, notApplicable, notMet, requirementsOf, type Standard } from '../requirement.ts'

const CREDENTIAL = 'conformance/credential'
const BAKING = 'delivery/baking'
const HOSTED = 'delivery/hosted'
const TOKENS = 'verification/tokens'

const SCHEMAS = by(CREDENTIAL, 'credentials pass both families of the standard’s schemas')
const TERMS = by(
  CREDENTIAL,
  'every term of a credential is defined by its contexts, and nothing is null or empty',
)
const HEADER = by(CREDENTIAL, 'the JWT has the header and the claims of the standard, no others')
const RESOLVES = by(CREDENTIAL, 'the key of a JWT resolves where its kid says, and verifies it')
const PNG = by(BAKING, 'a baked PNG holds the credential in one chunk, and is still the picture')
const SVG = by(BAKING, 'a baked SVG holds the credential as its first child, and is still the picture')
const BAKED_TWICE = by(BAKING, 'an image that was baked before holds the new credential alone')
const BAKED_TOKENS = notApplicable('what is baked is always the credential with its embedded proof')
const CONTENT = by(
  'verification/content',
  'each fault is told by the check that it breaks, and the rest is still checked',
)
const CLAIMS = by(TOKENS, 'claims that do not mirror the credential are told by name, though we signed them')
const CLAIMS_THERE = by(
  'conformance/tokens',
  'Open Badges 3.0, section 8.2.6.1: iss, jti and nbf are there, and mirror the credential',
)
const ALTERED_TOKEN = by(
  TOKENS,
  'a token with a changed part, another algorithm or another key is not believed',
)
const SUBJECT = by('verification/subject', 'who earned what is looked at')
const READ = by(BAKING, 'the standard’s own baked samples are read')
const FIXTURES = (...titles: string[]) => by('verification/fixtures', ...titles)
const refresh = (title: string) => by('verification/refresh', `newer versions › ${title}`)
const NO_API = notApplicable(
  'the Open Badges API is not offered: badges are handed over as documents and by wallet protocols',
)

export const OPEN_BADGES: Standard = {
  name: 'Open Badges 3.0',
  url: 'https://www.imsglobal.org/spec/ob/v3p0/',
  requirements: [
    ...requirementsOf('issuer', [
      [
        '8',
        'A credential is verifiable: it has a proof',
        by('vc/library', 'eddsa-rdfc-2022 by a did:web issuer: the unmodified library accepts it'),
        SCHEMAS,
      ],
      ['5', 'A document holds exactly one credential', by(HOSTED, 'each type holds what it says'), PNG, SVG],
      [
        '5',
        'It is JSON and JSON-LD, in UTF-8',
        TERMS,
        by(BAKING, 'names that break careless readers survive both ways of reading'),
      ],
      [
        '5.1',
        'A file is the compact JWS, or the JSON',
        by(HOSTED, 'a suffix names the form, whatever Accept says'),
      ],
      [
        '5.2',
        'A web resource is the compact JWS, or the JSON',
        by(HOSTED, 'the type of the answer is the one that Accept prefers', 'each type holds what it says'),
      ],
      ['5.3', 'A baked image is a PNG or an SVG', PNG, SVG],
      ['5.3.1.1', 'PNG: the chunk holds the JSON of the credential', PNG],
      ['5.3.1.1', 'PNG: the text is not compressed', PNG],
      ['5.3.1.1', 'PNG: there is one chunk with the keyword', PNG, BAKED_TWICE],
      ['5.3.2.1', 'SVG: the element holds the JSON of the credential, in CDATA', SVG],
      ['5.3.2.1', 'SVG: there is one element', SVG, BAKED_TWICE],
      ['5.3.1.1, 5.3.2.1', 'PNG and SVG: a token is baked as the sections say', BAKED_TOKENS],
      ['6', 'The Open Badges API is spoken as the section says', NO_API],
      ['8', 'A proof mechanism is expressed', TERMS, HEADER],
      [
        '8.2.2',
        'With both kinds of proof the embedded one is made first',
        notApplicable('a token holds the credential without embedded proof'),
      ],
      ['8.2.3', 'A header has alg, kid or jwk, typ and no others', HEADER],
      [
        '8.2.3',
        'alg is RS256 as a minimum',
        notMet(
          'tokens are signed with ES256 alone, which the section permits; the public validator takes both',
        ),
      ],
      ['8.2.3', 'kid can be dereferenced to the JWK', RESOLVES],
      [
        '8.2.3',
        'A JWK never holds d',
        RESOLVES,
        by('issuers/keys', 'the JWKS of an issuer and of the origin hold public keys and no private part'),
      ],
      ['8.2.3', 'typ is JWT', HEADER],
      ['8.2.4.1', 'The payload is the credential with iss, jti, nbf, sub, and exp where it ends', HEADER],
      ['8.3', 'An embedded proof has the purpose assertionMethod', TERMS],
      ['B', 'The classes have their required members, and the types that the schemas say', SCHEMAS],
      [
        'B',
        'A Profile has id and type, and what the schema says',
        by(CREDENTIAL, 'a Profile passes the standard’s schemas'),
      ],
      ['B', 'The first two contexts are those of VCDM 2.0 and Open Badges', SCHEMAS],
      ['B', 'A subject has an id or an identifier', SCHEMAS],
      [
        'A',
        'What is a list is a list, what is an object an object; nothing is null or empty',
        TERMS,
        SCHEMAS,
      ],
      ['A', 'A language is a tag of BCP 47', by(CREDENTIAL, 'a language has the form that the schemas take')],
    ]),
    ...requirementsOf('verifier', [
      [
        '5.3.1.2',
        'PNG: the first chunk with the keyword is read',
        READ,
        by('verification/forms', 'a credential of ours is verified as a baked PNG'),
      ],
      [
        '5.3.2.2',
        'SVG: the first element is read',
        READ,
        by('verification/forms', 'a credential of ours is verified as a baked SVG'),
      ],
      [
        '8.2.6',
        'A token is verified by the key of its kid or its jwk',
        by('verification/foreign-keys', 'keys at other addresses › tokens'),
        ALTERED_TOKEN,
      ],
      ['8.2.6.1', 'iss is there, and is issuer.id', CLAIMS, CLAIMS_THERE],
      ['8.2.6.1', 'sub is credentialSubject.id', CLAIMS],
      [
        '8.2.6.1',
        'sub is there',
        notMet('a token without it is taken: the published example of a baked token leaves it out'),
      ],
      ['8.2.6.1', 'nbf is there, and is validFrom', CLAIMS, CLAIMS_THERE],
      ['8.2.6.1', 'jti is there, and is id', CLAIMS, CLAIMS_THERE],
      ['8.2.6.1', 'exp, if any, is the end of validity', CLAIMS],
      [
        '8.3.2',
        'An embedded proof is verified by its algorithm',
        FIXTURES('simple.json is valid-issuer-unconfirmed', 'simple-err-proof-value.json is altered'),
      ],
      [
        '8.5',
        'A key at an HTTP address is dereferenced',
        by(
          'verification/foreign-keys',
          'keys at other addresses › one method at an address of its own is its controller’s if the controller says so',
        ),
      ],
      [
        '9.1',
        'A named schema of the standard is checked',
        CONTENT,
        by('verification/named-schemas', 'where they are looked up › it says what does not fit'),
      ],
      ['9.1', 'A subject has an id or an identifier', SUBJECT],
      [
        '9.1',
        'The proof is checked, in either form',
        FIXTURES(
          'simple-jwt.png is valid-issuer-unconfirmed',
          'simple-did-key-method.json is valid-issuer-unconfirmed',
        ),
      ],
      [
        '9.1',
        'A refresh is made once, after the proof, and one that fails changes nothing',
        refresh('are looked for once, and only where Open Badges has it'),
      ],
      [
        '9.1',
        'What was refreshed takes the place of the credential',
        notMet(
          'a newer version is told as a warning with its address; the verdict is about what was handed in',
        ),
      ],
      [
        '9.1',
        'A revoked credential is told',
        by('verification/status', 'a revoked badge is revoked in every form'),
        by('verification/status-foreign', 'the status lists of strangers › the older lists are read too'),
      ],
      [
        '9.1',
        'Before validFrom it is not yet valid, after validUntil expired',
        FIXTURES('simple-err-issued.json is not-yet-valid', 'simple-err-expired.json is expired'),
        by('verification/content', 'a badge of ours is valid from its first to its last second'),
      ],
      [
        '9.1',
        'The recipient is compared with a known value, if that is wanted',
        notApplicable('optional: whoever verifies has the value, and compares it'),
      ],
      [
        '9.2',
        'Endorsements are verified: schema, proof, refresh, status, dates',
        by(
          'verification/endorsements',
          'endorsements are found wherever they stand, and each is told',
          'endorsements that are signed as tokens are verified too',
          'an endorsement that is altered leaves the badge valid, with a warning',
          'an endorsement that is expired leaves the badge valid, with a warning',
        ),
      ],
      [
        '9.3',
        'A known identifier is plain text of a known type',
        notApplicable('recipients are not compared here'),
      ],
      [
        'B',
        'Members, types and contexts are as the model says',
        CONTENT,
        SUBJECT,
        by('verification/subject', 'evidence is looked at'),
      ],
    ]),
  ],
}
