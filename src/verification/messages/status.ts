/** What is said of revocation and suspension, and of newer versions. */
export const STATUS_MESSAGES = {
  'status-ok': { en: 'It is not revoked.', fr: 'Pas de révocation.' },
  'status-none': { en: 'It cannot be revoked.', fr: 'La révocation n’est pas prévue.' },
  'status-revoked': { en: 'It was revoked by its issuer.', fr: 'Révocation par l’émetteur.' },
  'status-suspended': {
    en: 'It is suspended by its issuer for the moment.',
    fr: 'Suspension par l’émetteur, pour le moment.',
  },
  'status-message': {
    en: 'Its issuer says of it: {message}',
    fr: 'L’émetteur indique : {message}',
  },
  'status-refresh': {
    en: 'Its issuer says that a newer version should be asked for.',
    fr: 'L’émetteur indique qu’une version plus récente est à demander.',
  },
  'status-set': {
    en: 'Its issuer has set a status whose meaning is not known here: {purpose}.',
    fr: 'L’émetteur a donné un statut dont le sens n’est pas connu ici : {purpose}.',
  },
  'status-not-checked': {
    en: 'Whether it is revoked could not be checked: its list cannot be had from here.',
    fr: 'La révocation n’a pas pu être vérifiée : la liste de statuts n’est pas accessible d’ici.',
  },
  'status-type-unknown': {
    en: 'Whether it is revoked could not be checked: its status is of a type that is not known here.',
    fr: 'La révocation n’a pas pu être vérifiée : le statut est d’un type inconnu ici.',
  },
  'status-unknown-list': {
    en: 'The status list is not one that its issuer is known to keep.',
    fr: 'La liste de statuts n’est pas une liste connue de cet émetteur.',
  },
  'status-list-unverified': {
    en: 'The status list to which it refers is not genuine, or is none.',
    fr: 'La liste de statuts citée n’est pas authentique, ou n’en est pas une.',
  },
  'status-list-not-current': {
    en: 'The status list to which it refers has expired, or is not valid yet.',
    fr: 'La liste de statuts citée a expiré, ou n’est pas encore valable.',
  },
  'status-list-too-short': {
    en: 'The status list to which it refers is too short to protect people’s privacy.',
    fr: 'La liste de statuts citée est trop courte pour protéger la vie privée.',
  },
  'status-list-other-issuer': {
    en: 'It is not revoked, by a list that somebody other than its issuer keeps.',
    fr: 'Pas de révocation, selon une liste que tient un autre que l’émetteur.',
  },
  'status-out-of-range': {
    en: 'Its place in the status list does not exist.',
    fr: 'La place indiquée dans la liste de statuts n’existe pas.',
  },
  'status-entry-malformed': {
    en: 'What it says of its status is not written as the standard has it.',
    fr: 'L’indication du statut n’est pas écrite comme le veut la norme.',
  },
  'refresh-none': {
    en: 'It names no place for newer versions.',
    fr: 'Aucune adresse indiquée pour une version plus récente.',
  },
  'refresh-same': { en: 'There is no newer version.', fr: 'Il n’existe pas de version plus récente.' },
  'refresh-newer': {
    en: 'Its issuer publishes a newer version at {url}: ask for it.',
    fr: 'L’émetteur publie une version plus récente à l’adresse {url} : demandez-la.',
  },
  'refresh-not-checked': {
    en: 'Whether there is a newer version could not be looked up.',
    fr: 'L’existence d’une version plus récente n’a pas pu être vérifiée.',
  },
} as const
