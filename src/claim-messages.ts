/** Titles of problems with claims, by code: whoever reads them wants the badge, and to know what to do. */
export const CLAIM_PROBLEMS = {
  'claim-expired': {
    en: 'This link has expired. The badge is still yours: the page of the link, in a browser, can send a new one; or ask {issuer}.',
    fr: 'Ce lien a expiré. Le badge est toujours à vous : la page de ce lien, dans un navigateur, peut en envoyer un nouveau ; sinon, adressez-vous à {issuer}.',
  },
  'claim-withdrawn': {
    en: 'This link was withdrawn. Ask {issuer} for a new one.',
    fr: 'Ce lien a été retiré. Demandez-en un nouveau à {issuer}.',
  },
  'claim-revoked': {
    en: 'This badge was revoked, so it can no longer be collected. Ask {issuer} why.',
    fr: 'Ce badge a été révoqué : il ne peut plus être récupéré. Demandez-en la raison à {issuer}.',
  },
  'claim-collected': {
    en: 'This badge was collected already. For another wallet, ask {issuer} for a new link.',
    fr: 'Ce badge a déjà été récupéré. Pour un autre portefeuille, demandez un nouveau lien à {issuer}.',
  },
  'claim-other-wallet': {
    en: 'This badge belongs to another wallet. For this one, ask {issuer} for a new link.',
    fr: 'Ce badge appartient à un autre portefeuille. Pour celui-ci, demandez un nouveau lien à {issuer}.',
  },
  'claim-needs-wallet': {
    en: 'This badge is bound to a wallet: the wallet has to prove its DID',
    fr: 'Ce badge est lié à un portefeuille : celui-ci doit prouver son DID',
  },
  'claim-pin-needed': {
    en: 'This badge is collected with a code, which this way cannot ask for: use the OpenID link',
    fr: 'Ce badge se récupère avec un code, que cette voie ne peut pas demander : utilisez le lien OpenID',
  },
  'claim-changed': {
    en: 'The challenge was used meanwhile: begin the exchange again',
    fr: 'Le défi a servi entre-temps : recommencez l’échange',
  },
  'claim-not-renewable': {
    en: 'No new link can be sent for this one: ask {issuer}',
    fr: 'Aucun nouveau lien ne peut être envoyé pour celui-ci : adressez-vous à {issuer}',
  },
  'bad-presentation': {
    en: 'The presentation was not accepted: {en}',
    fr: 'La présentation n’est pas acceptée : {fr}',
  },
  'bad-exchange-message': {
    en: 'An exchange takes {}, a presentation, or one as the member verifiablePresentation',
    fr: 'Un échange attend {}, une présentation, ou une présentation dans verifiablePresentation',
  },
  'assertion-revoked': {
    en: 'The assertion is revoked: nobody can collect it any more',
    fr: 'L’attribution est révoquée : plus personne ne peut la récupérer',
  },
} as const

/** Faults of single members of claims, by code. */
export const CLAIM_FAULTS = {
  'pin-needs-address': {
    en: 'needs a recipient with an e-mail address',
    fr: 'nécessite une personne avec une adresse e-mail',
  },
  lifetime: {
    en: 'must be from one second to one year',
    fr: 'doit aller d’une seconde à un an',
  },
} as const

/** Why a presentation of a wallet is not accepted (PresentationFault of vc/verify-presentation.ts). */
export const PRESENTATION_FAULTS = {
  shape: {
    en: 'it must have the type VerifiablePresentation, one proof, and no credentials',
    fr: 'elle doit avoir le type VerifiablePresentation, une seule preuve et aucune attestation',
  },
  contexts: {
    en: 'its first @context must be that of W3C credentials, and all are to be plain addresses',
    fr: 'son premier @context doit être celui des attestations W3C, et tous de simples adresses',
  },
  suite: {
    en: 'its proof must be Ed25519Signature2020, eddsa-rdfc-2022 or ecdsa-rdfc-2019',
    fr: 'sa preuve doit être Ed25519Signature2020, eddsa-rdfc-2022 ou ecdsa-rdfc-2019',
  },
  purpose: {
    en: 'its proof must be for authentication',
    fr: 'sa preuve doit avoir authentication pour objet',
  },
  challenge: {
    en: 'it answers another challenge, or one that was used: begin again',
    fr: 'elle répond à un autre défi, ou à un défi qui a déjà servi : recommencez',
  },
  domain: { en: 'its proof is for another domain', fr: 'sa preuve est faite pour un autre domaine' },
  expired: { en: 'its proof has expired', fr: 'sa preuve a expiré' },
  key: {
    en: 'its key must be of a did:key or did:jwk, Ed25519 or P-256',
    fr: 'sa clé doit être celle d’un did:key ou d’un did:jwk, Ed25519 ou P-256',
  },
  holder: {
    en: 'its holder is not the DID whose key signed',
    fr: 'son titulaire (holder) n’est pas le DID dont la clé a signé',
  },
  terms: {
    en: 'it holds what its contexts do not define',
    fr: 'elle contient ce que ses contextes ne définissent pas',
  },
  signature: { en: 'its signature does not hold', fr: 'sa signature n’est pas valable' },
} as const
