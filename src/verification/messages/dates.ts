/** What is said of the dates. */
export const DATES_MESSAGES = {
  'dates-ok': { en: 'It is valid today.', fr: 'Elle est valable aujourd’hui.' },
  'dates-not-yet': { en: 'It is valid from {date} only.', fr: 'Elle n’est valable qu’à partir du {date}.' },
  'dates-expired': { en: 'It expired on {date}.', fr: 'Elle a expiré le {date}.' },
  'dates-missing': {
    en: 'It does not say since when it is valid.',
    fr: 'La date de début de validité manque.',
  },
} as const
