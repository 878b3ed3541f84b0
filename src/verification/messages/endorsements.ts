/** What is said of the endorsements in a credential. */
export const ENDORSEMENTS_MESSAGES = {
  'endorsements-none': { en: 'It holds no endorsement.', fr: 'Aucune recommandation n’est jointe.' },
  'endorsements-ok': {
    en: 'Endorsements in it, all valid: {count}.',
    fr: 'Recommandations jointes, toutes valables : {count}.',
  },
  'endorsements-unconfirmed': {
    en: 'Endorsements of which nothing proves who wrote them: {unconfirmed} of {count}. The others are valid.',
    fr: 'Recommandations jointes dont rien ne prouve qui en est l’auteur : {unconfirmed} sur {count}. Les autres sont valables.',
  },
  'endorsements-failed': {
    en: 'Endorsements that could not be confirmed: {failed} of {count}. They do not count.',
    fr: 'Recommandations jointes qui n’ont pas pu être confirmées : {failed} sur {count}. Elles ne comptent pas.',
  },
  'endorsements-too-many': {
    en: 'It holds {count} endorsements, of which the first {max} were looked at and {failed} could not be confirmed.',
    fr: 'Sur {count} recommandations jointes, les {max} premières ont été vérifiées, dont {failed} sans succès.',
  },
  'endorsements-of-endorsement': {
    en: 'The endorsements of an endorsement are not followed.',
    fr: 'Les recommandations d’une recommandation ne sont pas suivies.',
  },
  'endorsement-unreadable': {
    en: 'What stands there is no credential.',
    fr: 'Ce qui s’y trouve n’est pas une attestation.',
  },
  'endorsement-other-type': {
    en: 'It is a credential, but not an endorsement.',
    fr: 'C’est une attestation, mais pas une recommandation.',
  },
  'endorsement-about': { en: 'It says what it endorses.', fr: 'L’objet de la recommandation est indiqué.' },
  'endorsement-about-nothing': {
    en: 'It does not say what it endorses.',
    fr: 'L’objet de la recommandation n’est pas indiqué.',
  },
  'endorsement-elsewhere': {
    en: 'It endorses something other than what it stands in.',
    fr: 'La recommandation porte sur autre chose que ce à quoi elle est jointe.',
  },
} as const
