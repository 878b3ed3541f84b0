import { by, notApplicable, notMet, requirementsOf, type Standard } from '../requirement.ts'

const TOKENS = 'verification/tokens'
const HEADER = by(
  'conformance/credential',
  'the JWT has the header and the claims of the standard, no others',
)
const RESOLVES = by('conformance/credential', 'the key of a JWT resolves where its kid says, and verifies it')
const ENVELOPED = by(
  'vc-api/within-presentations',
  'VCDM 2.0, section 4.13: an enveloped credential is verified by itself, and its envelope too',
)
const UNSIGNED = by(
  TOKENS,
  'a token with a changed part, another algorithm or another key is not believed',
  'a token without a signature is no credential',
)

export const JOSE: Standard = {
  name: 'Securing Verifiable Credentials using JOSE and COSE',
  url: 'https://www.w3.org/TR/2025/REC-vc-jose-cose-20250515/',
  requirements: [
    ...requirementsOf('issuer', [
      ['3.1.1', 'A token is a JWS (RFC 7515) whose payload is the credential', HEADER, RESOLVES],
      [
        '3.1.2',
        'Tokens of presentations are made as the section says',
        notApplicable('presentations are not made here'),
      ],
      ['3.1.2', 'The compact serialization is supported', HEADER],
      [
        '3',
        'A media type of the standard names a token',
        by('delivery/hosted', 'the type of the answer is the one that Accept prefers'),
      ],
      ['3.2, 3.3', 'SD-JWT and COSE are made as the sections say', notApplicable('neither is offered')],
    ]),
    ...requirementsOf('verifier', [
      ['3.1.1', 'A token is verified by RFC 7515', ENVELOPED, UNSIGNED],
      [
        '3.1.2',
        'A token of a presentation is verified by RFC 7515',
        by(
          'vc-api/presentation-tokens',
          'a token of a presentation verifies, with the credentials in it, whatever secures them',
          'what does not hold is told',
        ),
      ],
      [
        '3.1.2',
        'Tokens in a presentation stand in envelopes, and are secured',
        by(
          'vc-api/data-model',
          'verified: VCDM 2.0, section 4.13: each verifiableCredential is a verifiable credential',
        ),
        by('vc-api/within-presentations', 'a genuine presentation vouches for no credential in it'),
      ],
      ['3.1.2', 'The compact serialization is supported', ENVELOPED],
      [
        '4',
        'Keys are found as the header and the controller’s document say',
        by('verification/foreign-keys', 'keys at other addresses › tokens'),
        by('outgoing/did-web', 'issuers of elsewhere, by did:web › so is a token, ES256 or RS256'),
      ],
      [
        '3.2, 3.3, 5.2, 5.3',
        'SD-JWT and COSE are verified as the sections say',
        notApplicable('neither is offered'),
      ],
    ]),
  ],
}

const DOCUMENT = by(
  'issuers/keys',
  'the DID document of a did:web issuer says its keys in the words of the standards',
)
const web = (title: string) => by('outgoing/did-web', `issuers of elsewhere, by did:web › ${title}`)

export const DID_WEB: Standard = {
  name: 'The did:web method',
  url: 'https://w3c-ccg.github.io/did-method-web/',
  requirements: [
    ...requirementsOf('issuer', [
      [
        'Method-specific identifier',
        'A port is percent-encoded, and paths are delimited by colons',
        DOCUMENT,
      ],
      [
        'Method-specific identifier',
        'The name is a domain name, no address',
        notMet(
          'PUBLIC_URL may be an address; the compatibility of a badge then says that no did:web can name it',
        ),
      ],
      [
        'Create',
        'The document is served at the address that the DID says, with its id',
        DOCUMENT,
        by('issuers/keys', 'the origin has a DID document of its own, without the keys of issuers'),
      ],
      ['Create', 'It is served by TLS', notApplicable('TLS ends before the service')],
    ]),
    ...requirementsOf('verifier', [
      [
        'Read',
        'The address of a document is that of the algorithm',
        web('a credential is verified by the document of its issuer'),
      ],
      ['Read', 'It is fetched by https alone', by('outgoing/guarded-fetch', 'only https is spoken')],
      [
        'Read',
        'The id of the document is the DID',
        web('a key that the document does not give for assertions does not count'),
      ],
      [
        'Read',
        'The certificate is verified',
        by('outgoing/guarded-fetch', 'from a server that is allowed › a certificate of nobody’s is refused'),
      ],
    ]),
  ],
}

const KEY = 'vc/holder-key'

export const DID_KEY: Standard = {
  name: 'The did:key method',
  url: 'https://w3c-ccg.github.io/did-key-spec/',
  requirements: [
    ...requirementsOf('issuer', [
      [
        'Format',
        'The DID is the Multikey of the public key in base58-btc',
        by('issuers/keys', 'a did:key issuer signs with its one key, which is never rotated'),
      ],
      [
        'Read',
        'The id of its verification method is the DID, # and the same value',
        by('vc-api/issue', 'did:key, eddsa-rdfc-2022: a credential of VCDM 2.0 is signed, and verifies'),
      ],
    ]),
    ...requirementsOf('verifier', [
      [
        'Read',
        'The document is made of the DID by the algorithm',
        by(KEY, 'the published examples resolve to the published keys'),
      ],
      [
        'Read',
        'An identifier that is not valid, or of a wrong length, is an error',
        by(KEY, 'everything else is no key of a holder'),
        by('verification/proof-sets', 'each member of a proof is what it should be, even where it is signed'),
      ],
      [
        'Read',
        'A key of a kind that is not supported is an error',
        by(KEY, 'everything else is no key of a holder'),
      ],
    ]),
  ],
}
