/** What is said of a credential of any kind: its model, and what it refers to. */
export const MODEL_MESSAGES = {
  'model-ok': {
    en: 'It follows the data model of verifiable credentials.',
    fr: 'Le modèle de données des attestations vérifiables est respecté.',
  },
  'model-faults': {
    en: 'It does not follow the data model of verifiable credentials: {path} {what}.',
    fr: 'Le modèle de données des attestations vérifiables n’est pas respecté : {path} {what}.',
  },
  'terms-own': {
    en: 'It makes words of its own: read it by the addresses that its contexts give them, not by the words.',
    fr: 'Le document définit des mots qui lui sont propres : ce sont les adresses données par ses contextes qui font foi, non les mots.',
  },
  'terms-type': {
    en: 'The type {what} is no absolute URL.',
    fr: 'Le type {what} n’est pas une URL absolue.',
  },
  'resources-none': {
    en: 'It refers to no other resource.',
    fr: 'Aucune autre ressource n’est citée.',
  },
  'resources-ok': {
    en: 'The resources that it refers to are unchanged.',
    fr: 'Les ressources citées n’ont pas changé.',
  },
  'resources-not-known': {
    en: 'A resource that it refers to could not be looked up.',
    fr: 'Une ressource citée n’a pas pu être consultée.',
  },
  'resources-differ': {
    en: 'The resource {url} is not the one that it refers to.',
    fr: 'La ressource {url} n’est pas celle qui est citée.',
  },
} as const
