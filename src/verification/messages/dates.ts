/** What is said of the time in which it holds. */
export const DATES_MESSAGES = {
  'expiration-none': { en: 'It has no end date.', fr: 'Aucune date de fin n’est prévue.' },
  'expiration-ok': { en: 'It is valid until {en}.', fr: 'La validité va jusqu’au {fr}.' },
  'expiration-past': { en: 'It expired on {en}.', fr: 'La validité a pris fin le {fr}.' },
  'expiration-unreadable': {
    en: 'Its end date is not a date and time with zone.',
    fr: 'La date de fin n’est pas une date et heure avec fuseau.',
  },
  'expiration-before-start': {
    en: 'It would end before it begins.',
    fr: 'La date de fin précède la date de début.',
  },
  'issuance-none': {
    en: 'It does not say from when it is valid.',
    fr: 'Aucune date de début n’est indiquée.',
  },
  'issuance-ok': { en: 'It has been valid since {en}.', fr: 'La validité a commencé le {fr}.' },
  'issuance-future': {
    en: 'It is not valid before {en}.',
    fr: 'La validité ne commence que le {fr}.',
  },
  'issuance-missing': {
    en: 'It does not say from when it is valid, which the standard requires.',
    fr: 'La date de début, que la norme exige, n’est pas indiquée.',
  },
  'issuance-unreadable': {
    en: 'Its start date is not a date and time with zone.',
    fr: 'La date de début n’est pas une date et heure avec fuseau.',
  },
} as const
