import type { Text } from './messages.ts'

/** Faults of a list of people, of its rows and of its event, by code. */
export const LIST_FAULTS = {
  'event-date': { en: 'give either {date} or {start}', fr: 'donnez soit {date}, soit {start}' },
  'event-name': { en: 'is required for an event', fr: 'est nécessaire pour un événement' },
  'event-order': {
    en: 'must not be before {start}',
    fr: 'ne peut pas précéder {start}',
  },
  'event-end': { en: 'goes with {start}', fr: 'va avec {start}' },
  'list-empty': {
    en: 'is empty: the body must be a list, as CSV or as JSON',
    fr: 'est vide : le contenu doit être une liste, en CSV ou en JSON',
  },
  'list-binary': {
    en: 'is not text but another kind of file ({kind}): save it as CSV',
    fr: 'n’est pas du texte mais un autre type de fichier ({kind}) : enregistrez-le au format CSV',
  },
  'list-charset': {
    en: 'is said to be in a character set that is not known: {charset}',
    fr: 'est annoncé dans un jeu de caractères inconnu : {charset}',
  },
  'list-no-heading': {
    en: 'must begin with a line of column headings',
    fr: 'doit commencer par une ligne d’en-têtes de colonnes',
  },
  'list-no-recipient': {
    en: 'has no column that says who each person is (e-mail, DID or identifier); its headings are: {headings}',
    fr: 'n’a pas de colonne qui désigne chaque personne (courriel, DID ou identifiant) ; ses en-têtes sont : {headings}',
  },
  'list-no-rows': { en: 'has no rows', fr: 'n’a aucune ligne' },
  'list-rows': { en: 'must be an array of rows', fr: 'doit être un tableau de lignes' },
  'list-too-many-rows': { en: 'has more than {max} rows', fr: 'a plus de {max} lignes' },
  'list-too-many-columns': { en: 'has more than {max} columns', fr: 'a plus de {max} colonnes' },
  'list-heading-too-long': {
    en: 'has a column heading of more than {max} characters',
    fr: 'a un en-tête de colonne de plus de {max} caractères',
  },
  'list-row-too-long': {
    en: 'line {line}: the row has more than {max} bytes; perhaps a quote is not closed',
    fr: 'ligne {line} : la ligne dépasse {max} octets ; un guillemet n’est peut-être pas fermé',
  },
  'list-cell-too-long': {
    en: 'line {line}: a cell has more than {max} characters',
    fr: 'ligne {line} : une cellule a plus de {max} caractères',
  },
  'list-quote': {
    en: 'line {line}: a quote is opened and never closed',
    fr: 'ligne {line} : un guillemet est ouvert et jamais fermé',
  },
  'row-duplicate': {
    en: 'the same person stands on line {line}',
    fr: 'la même personne figure à la ligne {line}',
  },
  'row-suggestion': {
    en: 'perhaps {address} was meant',
    fr: 'peut-être s’agit-il de {address}',
  },
  'row-already-awarded': {
    en: 'this person holds the badge already',
    fr: 'cette personne a déjà ce badge',
  },
  'row-unsignable': {
    en: 'the credential could not be signed',
    fr: 'l’attestation n’a pas pu être signée',
  },
  'row-object': { en: 'the row is not a JSON object', fr: 'la ligne n’est pas un objet JSON' },
  'row-too-many-cells': {
    en: 'the row has {count} cells for {max} columns',
    fr: 'la ligne a {count} cellules pour {max} colonnes',
  },
  'row-nested': {
    en: '“{column}” must be a text, a number, true, false or null',
    fr: '« {column} » doit être un texte, un nombre, true, false ou null',
  },
  'row-text': {
    en: '“{column}” holds a control character or half a character',
    fr: '« {column} » contient un caractère de contrôle ou un demi-caractère',
  },
  'row-member-twice': { en: '“{column}” stands twice', fr: '« {column} » figure deux fois' },
  'row-unknown-member': {
    en: '“{column}” is not a known member',
    fr: '« {column} » n’est pas un membre connu',
  },
  'row-no-recipient': {
    en: 'the e-mail address is missing (or a DID, or an identifier)',
    fr: 'il manque l’adresse e-mail (ou un DID, ou un identifiant)',
  },
  'row-several-recipients': {
    en: 'give exactly one of email, did and identifier',
    fr: 'donnez soit email, soit did, soit identifier',
  },
  'row-email': { en: 'this is not an e-mail address', fr: 'ce n’est pas une adresse e-mail' },
  'row-did': { en: 'this is not a DID', fr: 'ce n’est pas un DID' },
  'row-identifier': {
    en: 'the identifier is not one line of 1 to 500 characters, or its type is not known',
    fr: 'l’identifiant n’est pas une ligne de 1 à 500 caractères, ou son type est inconnu',
  },
  'row-too-long': {
    en: '“{column}” has more than {max} characters',
    fr: '« {column} » a plus de {max} caractères',
  },
  'row-url': {
    en: '“{column}” is not an http or https URL',
    fr: '« {column} » n’est pas une adresse http ou https',
  },
  'row-date': {
    en: '“{column}”: write 2026-10-15 or 15/10/2026',
    fr: '« {column} » : écrivez 15/10/2026 ou 2026-10-15',
  },
  'row-in-the-future': {
    en: '“{column}” is in the future',
    fr: '« {column} » est dans le futur',
  },
  'row-in-the-past': { en: '“{column}” is already past', fr: '« {column} » est déjà passé' },
} as const satisfies Record<string, Text>
