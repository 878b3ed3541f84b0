/** The checks of a credential, in the order in which they are made and told. */
export const CHECKS = [
  'parse',
  'terms',
  'context',
  'schema',
  'subject',
  'issuer',
  'proof',
  'status',
  'dates',
] as const
export type CheckName = (typeof CHECKS)[number]

/** One sentence for each outcome of a check, for a reader who knows nothing of credentials. */
export const VERDICTS = {
  'parse-ok': { en: 'A credential was found.', fr: 'Une attestation numérique a été trouvée.' },
  'no-credential-in-image': {
    en: 'This image holds no Open Badges 3.0 credential.',
    fr: 'Cette image ne contient pas de badge Open Badges 3.0.',
  },
  'open-badges-2': {
    en: 'This image holds a badge of the older Open Badges 2.0, which is not checked here.',
    fr: 'Cette image contient un badge à l’ancien format Open Badges 2.0, qui n’est pas vérifié ici.',
  },
  'image-broken': { en: 'The image cannot be read: {why}.', fr: 'L’image est illisible : {why}.' },
  'not-a-credential': {
    en: 'This is neither a credential, nor a signed token, nor an image with one.',
    fr: 'Ce n’est ni une attestation, ni un jeton signé, ni une image qui en contient une.',
  },
  'url-unknown': {
    en: 'There is no credential at this address.',
    fr: 'Il n’y a pas d’attestation à cette adresse.',
  },
  'too-complex': {
    en: 'It is too large a document to be checked here: too many members, contexts or signatures.',
    fr: 'Le document est trop grand pour être vérifié ici : trop d’éléments, de contextes ou de signatures.',
  },
  'skipped-before': {
    en: 'Not checked, because an earlier check failed.',
    fr: 'Vérification non faite : une précédente a échoué.',
  },
  'terms-ok': { en: 'Every term is defined.', fr: 'Tous les termes sont définis.' },
  'terms-undefined': {
    en: 'A term is not defined by the contexts, so it would not be covered by the signature.',
    fr: 'Un terme n’est pas défini par les contextes : la signature ne le couvrirait pas.',
  },
  'terms-not-plain': {
    en: 'It does not name its members by the terms of published contexts, so they cannot be told for sure.',
    fr: 'Ses éléments ne portent pas les noms de contextes publiés : leur sens n’est pas certain.',
  },
  'terms-context-unknown': {
    en: 'The context {url} is not known here.',
    fr: 'Le contexte {url} n’est pas connu ici.',
  },
  'context-ok': {
    en: 'The contexts are those of Open Badges 3.0.',
    fr: 'Les contextes sont ceux d’Open Badges 3.0.',
  },
  'context-credentials': {
    en: 'The first context is not that of Verifiable Credentials.',
    fr: 'Le premier contexte n’est pas celui des Verifiable Credentials.',
  },
  'context-open-badges': {
    en: 'The second context is not that of Open Badges 3.0.',
    fr: 'Le deuxième contexte n’est pas celui d’Open Badges 3.0.',
  },
  'schema-ok': { en: 'The structure follows the standard.', fr: 'La structure suit la norme.' },
  'schema-broken': {
    en: 'The structure does not follow the standard at {path}.',
    fr: 'La structure ne suit pas la norme à l’endroit {path}.',
  },
  'subject-ok': { en: 'It says who earned what.', fr: 'Le titulaire et le badge sont indiqués.' },
  'subject-nobody': {
    en: 'It does not say who earned it: neither an id nor an identifier.',
    fr: 'Le titulaire n’est pas indiqué : ni identifiant ni adresse.',
  },
  'subject-no-criteria': {
    en: 'The achievement says nothing of its criteria.',
    fr: 'Rien n’est dit des critères d’obtention.',
  },
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
  'status-ok': { en: 'It is not revoked.', fr: 'Elle n’est pas révoquée.' },
  'status-none': { en: 'It cannot be revoked.', fr: 'Elle n’est pas révocable.' },
  'status-revoked': { en: 'It was revoked by its issuer.', fr: 'Elle a été révoquée par son émetteur.' },
  'status-not-checked': {
    en: 'Whether it is revoked was not checked: its list is kept elsewhere.',
    fr: 'La révocation n’a pas été vérifiée : sa liste se trouve ailleurs.',
  },
  'status-unknown-list': {
    en: 'It refers to a status list that does not exist.',
    fr: 'La liste de statuts à laquelle elle renvoie n’existe pas.',
  },
  'dates-ok': { en: 'It is valid today.', fr: 'Elle est valable aujourd’hui.' },
  'dates-not-yet': { en: 'It is valid from {date} only.', fr: 'Elle n’est valable qu’à partir du {date}.' },
  'dates-expired': { en: 'It expired on {date}.', fr: 'Elle a expiré le {date}.' },
  'dates-missing': {
    en: 'It does not say since when it is valid.',
    fr: 'La date de début de validité manque.',
  },
} as const

export type VerdictCode = keyof typeof VERDICTS
