/** Titles of problems with credentials that are signed or verified as given, by code. */
export const CREDENTIAL_PROBLEMS = {
  'not-verified': { en: 'It does not verify', fr: 'La vérification a échoué' },
  'no-past-list': {
    en: 'Status lists are not kept: only the one of now can be had',
    fr: 'Les listes de statuts ne sont pas conservées : seule la liste actuelle existe',
  },
  'revoked-for-good': {
    en: 'A revocation cannot be taken back',
    fr: 'Une révocation est définitive',
  },
} as const

/** Faults of credentials that are to be signed as given, by code. */
export const CREDENTIAL_FAULTS = {
  'credential-too-complex': {
    en: 'has too many members or contexts to be signed here',
    fr: 'comporte trop d’éléments ou de contextes pour être signé ici',
  },
  'credential-signed': {
    en: 'is there already: hand in the credential without its proof',
    fr: 'est déjà présent : transmettez l’attestation sans sa signature',
  },
  'credential-id-long': {
    en: 'must have {max} bytes or less where a status is asked for',
    fr: 'doit compter {max} octets au plus quand un statut est demandé',
  },
  'credential-not-named': {
    en: 'is missing: name the credential by its id, or by its list and index in credentialStatus',
    fr: 'est manquant : désignez l’attestation par son id, ou par sa liste et son index dans credentialStatus',
  },
  'suites-differ': {
    en: 'asks for two different kinds of proof',
    fr: 'demande deux types de signature différents',
  },
  'resource-digest': {
    en: 'has a digest that is not that of the resource',
    fr: 'comporte une empreinte qui n’est pas celle de la ressource',
  },
  'terms-context-unknown': {
    en: 'names the context {what}, which is not known here: contexts are never fetched',
    fr: 'nomme le contexte {what}, inconnu ici : les contextes ne sont jamais téléchargés',
  },
  'terms-undefined': {
    en: 'leaves a term of the document undefined{what}, or defines one that is protected',
    fr: 'ne définit pas un terme du document{what}, ou en redéfinit un qui est protégé',
  },
  'terms-type': {
    en: 'gives the type {what}, which is no absolute URL',
    fr: 'donne le type {what}, qui n’est pas une URL absolue',
  },
  'terms-relative': {
    en: 'refers to {what}, which is no absolute URL',
    fr: 'renvoie à {what}, qui n’est pas une URL absolue',
  },
  'terms-not-as-written': {
    en: 'uses {what} in a way that could mean something else than it says: a context in the document may give new words to addresses of its own, and nothing more',
    fr: 'emploie {what} d’une façon qui peut signifier autre chose que ce qui est écrit : un contexte interne peut donner de nouveaux mots à ses propres adresses, et rien de plus',
  },
  'credential-id-ours': {
    en: 'is an address of this service, which gives them itself',
    fr: 'est une adresse de ce service, qui les attribue lui-même',
  },
  'credential-type-ours': {
    en: 'is signed by this service alone, for its own documents',
    fr: 'n’est signé que par ce service, pour ses propres documents',
  },
  'credential-status-ours': {
    en: 'is an entry of a list of this service, which gives them itself: ask for one by the option status',
    fr: 'est une entrée d’une liste de ce service, qui les attribue lui-même : demandez-en une par l’option status',
  },
  'credential-unsignable': {
    en: 'cannot be signed so that others can verify it: {why}',
    fr: 'ne peut pas être signé de façon vérifiable par d’autres : {why}',
  },
  'list-and-index': {
    en: 'must have both statusListCredential and statusListIndex, or neither',
    fr: 'doit comporter statusListCredential et statusListIndex, ou aucun des deux',
  },
} as const

/** What is said of what was handed in to be verified, and is no document. */
export const DOCUMENT_MESSAGES = {
  'not-a-credential': {
    en: 'This is no credential: a JSON object is expected as verifiableCredential.',
    fr: 'Ce n’est pas une attestation : un objet JSON est attendu dans verifiableCredential.',
  },
  'not-a-presentation': {
    en: 'This is no presentation: a JSON object is expected as verifiablePresentation.',
    fr: 'Ce n’est pas une présentation : un objet JSON est attendu dans verifiablePresentation.',
  },
} as const
