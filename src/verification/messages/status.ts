/** What is said of the revocation. */
export const STATUS_MESSAGES = {
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
} as const
