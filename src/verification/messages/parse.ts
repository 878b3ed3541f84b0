/** What is said of reading what was handed in. */
export const PARSE_MESSAGES = {
  'parse-ok': { en: 'The document was read.', fr: 'Le document a été lu.' },
  'no-credential-in-image': {
    en: 'This image holds no Open Badges 3.0 credential.',
    fr: 'Cette image ne contient pas de badge Open Badges 3.0.',
  },
  'open-badges-2': {
    en: 'It is a badge of the older Open Badges 2.0 or 1.x, which is not checked here.',
    fr: 'C’est un badge à l’ancien format Open Badges 2.0 ou 1.x, qui n’est pas vérifié ici.',
  },
  'image-broken': { en: 'The image cannot be read.', fr: 'L’image est illisible.' },
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
} as const
