/** Titles of problems with requests, by code. */
export const REQUEST_PROBLEMS = {
  'no-token': {
    en: 'A token is required: Authorization: Bearer TOKEN',
    fr: 'Un jeton est nécessaire : Authorization: Bearer JETON',
  },
  'bad-token': { en: 'The token is not of this request', fr: 'Ce jeton n’est pas celui de cette demande' },
  'request-gone': {
    en: 'The request was withdrawn or has expired: what it held is erased',
    fr: 'La demande a été retirée ou a expiré : son contenu est effacé',
  },
  'link-ended': {
    en: 'This link is no longer valid; ask whoever sent it for a new one',
    fr: 'Ce lien n’est plus valable ; demandez-en un nouveau à la personne qui vous l’a envoyé',
  },
  'request-state': {
    en: 'The request is {en}, where this cannot be done',
    fr: 'La demande est {fr} : cette action n’est pas possible',
  },
  'request-assigned': {
    en: 'The request is in the hands of {reviewer} until {until}',
    fr: 'La demande est entre les mains de {reviewer} jusqu’au {until}',
  },
  'already-approved': {
    en: 'This reviewer has approved the request already; it needs another one',
    fr: 'Cette personne a déjà approuvé la demande ; il en faut une autre',
  },
  'holds-already': { en: 'This person already holds this badge', fr: 'Cette personne a déjà ce badge' },
  'no-form': {
    en: 'This badge is not asked for by a form',
    fr: 'Ce badge ne se demande pas par un formulaire',
  },
  'form-closed': {
    en: 'The form is closed',
    fr: 'Le formulaire est fermé',
  },
  'no-form-page': {
    en: 'The form of this badge has no page (formUrl) that a mailed link could lead to',
    fr: 'Le formulaire de ce badge n’a pas de page (formUrl) où un lien pourrait mener',
  },
} as const

/** Where a request is, in words. */
export const STATES_IN_WORDS = {
  draft: { en: 'still a draft', fr: 'encore un brouillon' },
  submitted: { en: 'submitted', fr: 'déjà envoyée' },
  returned: { en: 'with the applicant, to be completed', fr: 'à compléter par la personne' },
  accepted: { en: 'accepted', fr: 'déjà acceptée' },
  rejected: { en: 'rejected', fr: 'refusée' },
  withdrawn: { en: 'withdrawn', fr: 'retirée' },
  expired: { en: 'expired', fr: 'expirée' },
} as const

/** Faults of single members of requests, by code. */
export const REQUEST_FAULTS = {
  'reserved-id': { en: 'the id {id} is reserved', fr: 'l’identifiant {id} est réservé' },
  'options-needed': { en: 'is required for a choice', fr: 'est nécessaire pour un choix' },
  'options-unexpected': { en: 'goes with a choice only', fr: 'ne va qu’avec un choix' },
  'length-unexpected': { en: 'goes with a text only', fr: 'ne va qu’avec un texte' },
  'closes-too-early': { en: 'must be after opensAt', fr: 'doit être après opensAt' },
  'text-language': {
    en: 'must be there in one of the languages {languages}',
    fr: 'doit exister dans l’une des langues {languages}',
  },
  'not-filled-in': { en: 'is missing', fr: 'n’est pas rempli' },
  'not-an-address': { en: 'is not an e-mail address', fr: 'n’est pas une adresse e-mail' },
  'unknown-question': { en: 'is no question of this form', fr: 'n’est pas une question de ce formulaire' },
  'answer-text': { en: 'must be a text', fr: 'doit être un texte' },
  'answer-length': {
    en: 'must have {max} characters at most',
    fr: 'doit avoir {max} caractères au plus',
  },
  'answer-option': { en: 'must be one of {values}', fr: 'doit être l’une des valeurs : {values}' },
  'answer-yesno': { en: 'must be true or false', fr: 'doit être true (oui) ou false (non)' },
  'answer-date': {
    en: 'must be a day such as 2026-10-15',
    fr: 'doit être un jour tel que 2026-10-15',
  },
  'answer-url': { en: 'must be an http or https URL', fr: 'doit être une adresse http ou https' },
  'no-file': { en: 'a file is missing', fr: 'un fichier manque' },
  'file-unfinished': {
    en: 'a file has not come whole: send the rest, or delete it',
    fr: 'un fichier n’est pas arrivé en entier : envoyez la suite ou supprimez-le',
  },
  'no-consent': {
    en: 'is required: agree to the text that the form shows',
    fr: 'est nécessaire : donnez votre accord au texte que montre le formulaire',
  },
  'claim-code-unknown': { en: 'is not a code of this badge', fr: 'n’est pas un code de ce badge' },
  'claim-code-too-early': {
    en: 'can be used from {validFrom} on',
    fr: 'n’est valable qu’à partir du {validFrom}',
  },
  'claim-code-expired': { en: 'could be used until {validUntil}', fr: 'était valable jusqu’au {validUntil}' },
  'claim-code-used-up': { en: 'has been used already', fr: 'a déjà été utilisé' },
  'claim-code-revoked': { en: 'is no longer valid', fr: 'n’est plus valable' },
  'email-typo': {
    en: 'looks mistyped; did you mean {suggestion}?',
    fr: 'semble mal écrite ; vouliez-vous dire {suggestion} ?',
  },
  'no-address': { en: 'must hold an e-mail address first', fr: 'indiquez d’abord votre adresse e-mail' },
  'reviewer-needed': {
    en: 'is required where several people have to accept',
    fr: 'est nécessaire quand plusieurs personnes doivent accepter',
  },
  'unknown-criterion': { en: 'is no criterion of this badge', fr: 'ne désigne aucun critère de ce badge' },
  'not-own-evidence': {
    en: 'names no file of this request',
    fr: 'ne désigne aucun fichier de cette demande',
  },
  'claim-code-needed': { en: 'is required for this badge', fr: 'est nécessaire pour ce badge' },
} as const
