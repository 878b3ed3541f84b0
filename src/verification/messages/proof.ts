/** What is said of the issuer and of the signature. */
export const PROOF_MESSAGES = {
  'issuer-ours': {
    en: 'The issuer is registered on this service: {name}.',
    fr: 'Émetteur inscrit sur ce service : {name}.',
  },
  'issuer-foreign': {
    en: 'The issuer is not registered on this service: check whether you can trust it.',
    fr: 'L’émetteur n’est pas inscrit sur ce service : vérifiez que vous pouvez lui faire confiance.',
  },
  'issuer-bare': {
    en: 'The issuer is named by an address alone, and is not registered on this service.',
    fr: 'L’émetteur n’est désigné que par une adresse, et il n’est pas inscrit sur ce service.',
  },
  'issuer-missing': { en: 'It names no issuer.', fr: 'Aucun émetteur n’est nommé.' },
  'issuer-not-profile': {
    en: 'The issuer is not described as Open Badges has it, at {path}.',
    fr: 'La description de l’émetteur ne suit pas la norme Open Badges à l’endroit {path}.',
  },
  'proof-ok': { en: 'The signature is genuine.', fr: 'La signature est authentique.' },
  'proof-key-unconfirmed': {
    en: 'The signature is intact, but nothing proves that the key is the issuer’s: anybody can sign under this name.',
    fr: 'La signature est intacte, mais rien ne prouve que la clé est bien celle de l’émetteur : n’importe qui peut signer sous ce nom.',
  },
  'proof-other-not-checked': {
    en: 'The issuer’s signature is genuine; that of somebody else beside it could not be checked.',
    fr: 'La signature de l’émetteur est authentique ; celle d’un tiers, à côté, n’a pas pu être vérifiée.',
  },
  'proof-missing': { en: 'It is not signed.', fr: 'Il n’y a pas de signature.' },
  'proof-malformed': {
    en: 'The signature is not written as the standard has it: {member}.',
    fr: 'La signature n’est pas écrite comme le veut la norme : {member}.',
  },
  'proof-unsupported': {
    en: 'The signature is of a kind that is not checked here.',
    fr: 'La signature est d’un type qui n’est pas vérifié ici.',
  },
  'proof-invalid': {
    en: 'The signature does not match: the content was altered, or signed by somebody else.',
    fr: 'La signature ne correspond pas : le contenu a été modifié, ou signé par quelqu’un d’autre.',
  },
  'proof-uncomputable': {
    en: 'The signature cannot be checked: a term or a context of the document is not known here.',
    fr: 'La signature ne peut pas être vérifiée : un terme ou un contexte du document n’est pas connu ici.',
  },
  'proof-chain-broken': {
    en: 'One signature confirms another that is not there.',
    fr: 'Une signature en confirme une autre, qui est absente.',
  },
  'proof-expired': { en: 'The signature has expired.', fr: 'La signature a expiré.' },
  'proof-purpose': {
    en: 'The signature was made for another purpose.',
    fr: 'La signature a été faite pour un autre usage.',
  },
  'proof-challenge': {
    en: 'The signature does not answer the challenge that was set.',
    fr: 'La signature ne répond pas au défi qui a été posé.',
  },
  'proof-domain': {
    en: 'The signature was made for somebody else to read.',
    fr: 'La signature était destinée à quelqu’un d’autre.',
  },
  'proof-key-unknown': {
    en: 'The issuer does not publish the key that signed.',
    fr: 'L’émetteur ne publie pas la clé qui a signé.',
  },
  'proof-key-ended': {
    en: 'The key that signed was withdrawn or has expired.',
    fr: 'La clé qui a signé a été retirée ou a expiré.',
  },
  'proof-key-unnamed': {
    en: 'The token does not say which key signed it, so the signature was not checked.',
    fr: 'Le jeton ne dit pas quelle clé l’a signé : la signature n’a pas été vérifiée.',
  },
  'proof-issuer-mismatch': {
    en: 'It was signed by a key of somebody other than the issuer.',
    fr: 'La clé qui a signé n’est pas celle de l’émetteur.',
  },
  'proof-issuer-not-resolved': {
    en: 'The issuer’s key cannot be looked up from here, so the signature was not checked.',
    fr: 'La clé de l’émetteur ne peut pas être consultée d’ici : la signature n’a pas été vérifiée.',
  },
  'proof-issuer-not-looked-up': {
    en: 'The issuer’s key is kept elsewhere, and this service is set to look nothing up elsewhere, so the signature was not checked.',
    fr: 'La clé de l’émetteur se trouve ailleurs, et ce service est réglé pour ne consulter aucun site extérieur : la signature n’a pas été vérifiée.',
  },
  'proof-claims': {
    en: 'The token’s claim {claim} does not match the credential.',
    fr: 'L’élément {claim} du jeton ne correspond pas à l’attestation.',
  },
} as const
