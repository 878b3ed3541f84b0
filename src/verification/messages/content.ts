/** What is said of the content of a credential. */
export const CONTENT_MESSAGES = {
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
} as const
