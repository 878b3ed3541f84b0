/** What is said of the issuer and of the signature. */
export const PROOF_MESSAGES = {
  'issuer-ours': {
    en: 'Issued by {name}, an issuer of this service.',
    fr: 'Émise par {name}, émetteur de ce service.',
  },
  'issuer-foreign': {
    en: 'The issuer is not one of this service: make sure that you trust it.',
    fr: 'L’émetteur n’est pas de ce service : assurez-vous de lui faire confiance.',
  },
  'issuer-missing': { en: 'It names no issuer.', fr: 'Aucun émetteur n’est nommé.' },
  'proof-ok': { en: 'The signature is genuine.', fr: 'La signature est authentique.' },
  'proof-missing': { en: 'It is not signed.', fr: 'Il n’y a pas de signature.' },
  'proof-unsupported': {
    en: 'The signature is of a kind that is not checked here.',
    fr: 'La signature est d’un type qui n’est pas vérifié ici.',
  },
  'proof-invalid': {
    en: 'The signature does not match: the content was altered, or signed by somebody else.',
    fr: 'La signature ne correspond pas : le contenu a été modifié, ou signé par quelqu’un d’autre.',
  },
  'proof-expired': { en: 'The signature has expired.', fr: 'La signature a expiré.' },
  'proof-purpose': {
    en: 'The signature was not made to issue a credential.',
    fr: 'La signature n’a pas été faite pour émettre une attestation.',
  },
  'proof-key-unknown': {
    en: 'The issuer does not publish the key that signed.',
    fr: 'L’émetteur ne publie pas la clé qui a signé.',
  },
  'proof-issuer-mismatch': {
    en: 'It was signed by a key of somebody other than the issuer.',
    fr: 'La clé qui a signé n’est pas celle de l’émetteur.',
  },
  'proof-issuer-not-resolved': {
    en: 'The issuer’s key cannot be looked up from here, so the signature was not checked.',
    fr: 'La clé de l’émetteur ne peut pas être consultée d’ici : la signature n’a pas été vérifiée.',
  },
  'proof-claims': {
    en: 'The token’s claim {claim} does not match the credential.',
    fr: 'L’élément {claim} du jeton ne correspond pas à l’attestation.',
  },
} as const
