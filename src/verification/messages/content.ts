/** What is said of the content of a credential. */
export const CONTENT_MESSAGES = {
  'terms-ok': { en: 'Every term is defined.', fr: 'Tous les termes employés sont définis.' },
  'terms-undefined': {
    en: 'A term{what} is not defined by the contexts, so it would not be covered by the signature.',
    fr: 'Un terme{what} n’est pas défini par les contextes : la signature ne le couvrirait pas.',
  },
  'terms-relative': {
    en: '{what} is no absolute URL: what it refers to would depend on who reads it.',
    fr: '{what} n’est pas une URL absolue : ce à quoi elle renvoie dépendrait du lecteur.',
  },
  'terms-not-plain': {
    en: 'It does not name its members by the terms of published contexts, so they cannot be told for sure.',
    fr: 'Ses éléments ne portent pas les noms de contextes publiés : leur sens n’est pas certain.',
  },
  'terms-context-unknown': {
    en: 'The context {what} is not known here.',
    fr: 'Le contexte {what} n’est pas connu ici.',
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
  'context-older': {
    en: 'It uses an earlier edition of the Open Badges 3.0 context; some software may not know it.',
    fr: 'Le contexte Open Badges 3.0 est d’une édition antérieure, que certains logiciels peuvent ne pas connaître.',
  },
  'context-unusual': {
    en: 'Besides the usual contexts it names {url}, which it does not need or which other software may not know.',
    fr: 'Un contexte s’ajoute aux contextes habituels, {url} : il est superflu, ou d’autres logiciels peuvent ne pas le connaître.',
  },
  'type-ok': { en: 'It is an Open Badges 3.0 badge.', fr: 'C’est un badge au format Open Badges 3.0.' },
  'type-endorsement': {
    en: 'It is an Open Badges 3.0 endorsement: somebody speaks for a badge, an organisation or a person.',
    fr: 'C’est une recommandation au format Open Badges 3.0 : quelqu’un se porte garant d’un badge, d’une organisation ou d’une personne.',
  },
  'type-no-credential': {
    en: 'It does not say that it is a verifiable credential.',
    fr: 'Le document ne se présente pas comme une attestation vérifiable.',
  },
  'type-no-badge': {
    en: 'It is a credential, but not an Open Badges 3.0 badge.',
    fr: 'C’est bien une attestation vérifiable, mais pas un badge Open Badges 3.0.',
  },
  'schema-ok': { en: 'The structure follows the standard.', fr: 'La structure suit la norme.' },
  'schema-broken': {
    en: 'The structure does not follow the standard here: {paths}.',
    fr: 'La structure s’écarte de la norme ici : {paths}.',
  },
  'named-schemas-none': {
    en: 'It names no schema of its own to be held against.',
    fr: 'Aucun schéma particulier n’est cité.',
  },
  'named-schemas-ok': {
    en: 'It fits the schemas that it names.',
    fr: 'Les schémas cités sont respectés.',
  },
  'named-schemas-broken': {
    en: 'It does not fit the schema {url} that it names, here: {paths}.',
    fr: 'Le schéma cité, {url}, n’est pas respecté ici : {paths}.',
  },
  'named-schemas-not-fetched': {
    en: 'The schema {url} that it names could not be fetched, so whether it fits was not checked.',
    fr: 'Le schéma cité, {url}, n’a pas pu être consulté : sa conformité n’a pas été vérifiée.',
  },
  'named-schemas-not-looked-up': {
    en: 'The schema {url} that it names is kept elsewhere, and this service looks nothing up elsewhere.',
    fr: 'Le schéma cité, {url}, se trouve ailleurs, et ce service ne consulte aucun site extérieur.',
  },
  'named-schemas-not-understood': {
    en: 'The document at {url} is not a JSON Schema that can be applied here, so whether it fits was not checked.',
    fr: 'Le document publié à l’adresse {url} n’est pas un schéma applicable ici : sa conformité n’a pas été vérifiée.',
  },
  'named-schemas-too-much': {
    en: 'The schema {url} takes too long to apply, so whether it fits was not checked.',
    fr: 'Le schéma {url} est trop long à appliquer : sa conformité n’a pas été vérifiée.',
  },
  'named-schemas-too-many': {
    en: 'It names more than {max} schemas; the others were not looked at.',
    fr: 'Plus de {max} schémas sont cités ; les suivants n’ont pas été examinés.',
  },
  'named-schemas-other-type': {
    en: 'It names a schema of the type {type}, which is not checked here.',
    fr: 'Un schéma cité est du type {type}, qui n’est pas vérifié ici.',
  },
  'subject-ok': {
    en: 'It says who earned what, and how it is earned.',
    fr: 'Le titulaire, le badge et ses critères d’obtention sont indiqués.',
  },
  'subject-nobody': {
    en: 'It does not say who earned it: neither an identifier nor an address.',
    fr: 'Le titulaire n’est pas indiqué : ni identifiant ni adresse.',
  },
  'subject-not-one': {
    en: 'The recipient must be described by one object.',
    fr: 'Le titulaire doit être décrit par un seul objet.',
  },
  'subject-type': {
    en: 'What it says of the recipient is not of the type AchievementSubject.',
    fr: 'La partie qui décrit le titulaire n’est pas du type AchievementSubject.',
  },
  'subject-identifier': {
    en: 'The recipient is identified in a way that the standard does not know.',
    fr: 'Le titulaire est désigné d’une façon que la norme ne prévoit pas.',
  },
  'subject-no-achievement': {
    en: 'It does not say what was achieved, or not as the standard has it.',
    fr: 'Ce qui a été accompli n’est pas indiqué, ou pas de la façon prévue par la norme.',
  },
  'subject-no-criteria': {
    en: 'The achievement says nothing of its criteria.',
    fr: 'Rien n’est dit des critères d’obtention.',
  },
  'subject-source': {
    en: 'Who assessed the achievement is not described by a Profile.',
    fr: 'La personne ou l’organisme qui a évalué le titulaire n’est pas décrit par un profil (Profile).',
  },
  'subject-result': {
    en: 'A result is not described as the standard says.',
    fr: 'Un résultat n’est pas décrit comme la norme le prévoit.',
  },
  'subject-result-description': {
    en: 'A kind of result that the badge announces is not described as the standard says.',
    fr: 'Un type de résultat annoncé par le badge n’est pas décrit comme la norme le prévoit.',
  },
  'subject-result-unknown': {
    en: 'A result refers to {id}, which the badge does not describe: it cannot be told what it measures.',
    fr: 'Un résultat renvoie à {id}, que le badge ne décrit pas : impossible de savoir ce qu’il mesure.',
  },
  'subject-result-status': {
    en: 'A result should say how far the recipient is (completed, in progress…), and does not.',
    fr: 'Un résultat devrait préciser son état (terminé, en cours…) et ne le fait pas.',
  },
  'subject-level-unknown': {
    en: 'A result names the level {id}, which is not in the rubric of the badge.',
    fr: 'Un résultat cite le niveau {id}, qui ne figure pas dans la grille d’évaluation du badge.',
  },
  'evidence-ok': { en: 'The evidence is described.', fr: 'Les preuves jointes sont décrites.' },
  'evidence-none': {
    en: 'No evidence is attached; the standard does not ask for any.',
    fr: 'Aucune preuve n’est jointe ; la norme n’en demande pas.',
  },
  'evidence-type': {
    en: 'Something is attached as evidence that is not described as such.',
    fr: 'Un élément joint comme preuve n’est pas décrit comme tel.',
  },
  'evidence-empty': {
    en: 'A piece of evidence has neither a link nor a description.',
    fr: 'Une preuve est annoncée sans lien ni description.',
  },
} as const
