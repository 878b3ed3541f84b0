import type { Text } from '../messages.ts'

export const FAILURES = {
  'no-command': {
    en: 'Say what to do: npx ecusson issue LIST.csv … (npx ecusson --help tells more).',
    fr: 'Dites quoi faire : npx ecusson issue LISTE.csv … (npx ecusson --help en dit plus).',
  },
  arguments: {
    en: 'The command has mistakes (npx ecusson --help tells how it is written):',
    fr: 'La commande comporte des erreurs (npx ecusson --help dit comment l’écrire) :',
  },
  'file-unreadable': {
    en: 'The file {file} cannot be read ({why}).',
    fr: 'Le fichier {file} ne peut pas être lu ({why}).',
  },
  'report-unwritable': {
    en: 'The report {file} cannot be written ({why}).',
    fr: 'Le rapport {file} ne peut pas être écrit ({why}).',
  },
  'report-is-list': {
    en: 'The report would overwrite the list {file}.',
    fr: 'Le rapport écraserait la liste {file}.',
  },
  'bad-key': {
    en: 'The key holds characters that no key has.',
    fr: 'La clé contient des caractères qu’aucune clé ne contient.',
  },
  unreachable: {
    en: 'The service at {url} cannot be reached ({why}).',
    fr: 'Le service à l’adresse {url} est injoignable ({why}).',
  },
  'not-ecusson': {
    en: '{url} answers ({status}), but not as Écusson does: is the address right?',
    fr: '{url} répond ({status}), mais pas comme Écusson : l’adresse est-elle la bonne ?',
  },
  'list-changed': {
    en: 'The list changed or went away while it was sent.',
    fr: 'La liste a changé ou disparu pendant l’envoi.',
  },
  refused: { en: 'The service refuses: {title}.', fr: 'Le service refuse : {title}.' },
  'no-badge': {
    en: 'The issuer {issuer} has no badge class {badge}.',
    fr: 'L’émetteur {issuer} n’a pas de badge {badge}.',
  },
  'no-badge-id': {
    en: 'There is no badge class {badge} that this key may issue.',
    fr: 'Il n’y a pas de badge {badge} que cette clé puisse délivrer.',
  },
  'no-such-issuer': {
    en: 'There is no issuer {issuer} that this key may see.',
    fr: 'Il n’y a pas d’émetteur {issuer} que cette clé puisse voir.',
  },
  'no-issuer': { en: 'This key sees no issuer.', fr: 'Cette clé ne voit aucun émetteur.' },
  'several-issuers': {
    en: 'This key sees several issuers: say which with --issuer. There are: {slugs}.',
    fr: 'Cette clé voit plusieurs émetteurs : dites lequel avec --issuer. Il y a : {slugs}.',
  },
  unexpected: {
    en: 'Something unexpected happened: {why}.',
    fr: 'Il s’est passé quelque chose d’imprévu : {why}.',
  },
} as const satisfies Record<string, Text>

const NOBODY: Text = {
  en: 'nothing answers there: is the service started?',
  fr: 'rien ne répond : le service est-il démarré ?',
}

/** Why something of the system's failed, by its code. */
export const CAUSES: Readonly<Record<string, Text>> = {
  ENOENT: { en: 'not found', fr: 'introuvable' },
  EISDIR: { en: 'it is a folder', fr: 'c’est un dossier' },
  EACCES: { en: 'no permission', fr: 'accès refusé' },
  ECONNREFUSED: NOBODY,
  UND_ERR_SOCKET: NOBODY,
}

/** What is wrong with an option. */
export const FAULTS = {
  'unknown-command': {
    en: '{command} is not a command; there is: issue',
    fr: '{command} n’est pas une commande ; il y a : issue',
  },
  'unknown-option': { en: '{option} is not an option', fr: '{option} n’est pas une option' },
  'no-value': { en: '{option} needs a value', fr: '{option} demande une valeur' },
  'extra-value': { en: '{option} takes no value', fr: '{option} ne prend pas de valeur' },
  'no-list': { en: 'name the file of the list', fr: 'il faut nommer le fichier de la liste' },
  'one-list': {
    en: 'one list at a time, not also {file}',
    fr: 'une seule liste à la fois, pas aussi {file}',
  },
  'no-badge': { en: 'say which badge class: --badge', fr: 'il faut dire quel badge : --badge' },
  'no-url': {
    en: 'say where the service is: --url, or ECUSSON_URL in the environment',
    fr: 'il faut dire où est le service : --url, ou ECUSSON_URL dans l’environnement',
  },
  'bad-url': {
    en: '{url} is not an address such as https://badges.example.org',
    fr: '{url} n’est pas une adresse telle que https://badges.example.org',
  },
  'no-key': {
    en: 'give a key: --key, --key-file, or ECUSSON_KEY in the environment',
    fr: 'il faut donner une clé : --key, --key-file, ou ECUSSON_KEY dans l’environnement',
  },
  lang: { en: '--lang is en or fr', fr: '--lang est en ou fr' },
} as const satisfies Record<string, Text>

/** What the command tells while it works. */
export const TOLD = {
  columns: { en: 'Columns', fr: 'Colonnes' },
  own: { en: 'kept as they are', fr: 'gardées telles quelles' },
  total: { en: 'Rows', fr: 'Lignes' },
  line: { en: 'line {line}', fr: 'ligne {line}' },
  perhaps: { en: 'perhaps {address}?', fr: 'peut-être {address} ?' },
  'wrong-perhaps': { en: '{why}; perhaps {address}?', fr: '{why} ; peut-être {address} ?' },
  'issued-as-written': {
    en: 'perhaps {address}? If you change nothing, it is issued to the address as written.',
    fr: 'peut-être {address} ? Sans correction, le badge part à l’adresse écrite.',
  },
  doubtful: { en: 'to be reread', fr: 'à relire' },
  'of-them-doubtful': { en: '{count} of them to be reread', fr: 'dont {count} à relire' },
  more: { en: '… and {count} more, {kind}', fr: '… et {count} de plus, {kind}' },
  issuing: { en: 'Issuing', fr: 'Délivrance' },
  'dry-run': {
    en: 'Dry run: nothing was issued.',
    fr: 'Simple vérification : rien n’a été délivré.',
  },
  everyone: {
    en: 'Everyone on the list has the badge.',
    fr: 'Toutes les personnes de la liste ont le badge.',
  },
  'everyone-before': {
    en: 'Nothing to issue: everyone on the list has the badge already.',
    fr: 'Rien à délivrer : toutes les personnes de la liste ont déjà le badge.',
  },
  'nothing-ready': {
    en: 'Nothing to issue: no row of the list is ready.',
    fr: 'Rien à délivrer : aucune ligne de la liste n’est prête.',
  },
  'nothing-new': {
    en: 'Nothing new to issue: {holders}, {faulty}.',
    fr: 'Rien de nouveau à délivrer : {holders}, {faulty}.',
  },
  'would-mail': {
    en: 'When it is issued, each person is mailed a link to collect the badge (--no-mail: nobody is).',
    fr: 'À la délivrance, chaque personne recevra par courriel le lien vers son badge (--no-mail : personne).',
  },
  mailed: {
    en: 'Each person is mailed a link to collect the badge.',
    fr: 'Chaque personne reçoit par courriel le lien vers son badge.',
  },
  'mails-wait': {
    en: 'The mails with the links wait at the service: {why}.',
    fr: 'Les courriels avec les liens attendent au service : {why}.',
  },
  'send-links': {
    en: 'To do: send each person their link (column credentialUrl of {report}).',
    fr: 'À faire : envoyer à chaque personne son lien (colonne credentialUrl de {report}).',
  },
  'send-other-links': {
    en: 'To do: send their link to those who have no e-mail address (column credentialUrl of {report}).',
    fr: 'À faire : envoyer leur lien à celles qui n’ont pas d’adresse e-mail (colonne credentialUrl de {report}).',
  },
  'not-issued': { en: 'Rows that were not issued', fr: 'Lignes non délivrées' },
  paused: { en: 'The batch waits: {why}.', fr: 'Le lot attend : {why}.' },
  'still-paused': {
    en: 'The batch still waits at the service, with {count} rows to issue. Its id is {id}.',
    fr: 'Le lot attend toujours au service, avec {count} lignes à délivrer. Son identifiant est {id}.',
  },
  report: { en: 'Report: {file}', fr: 'Rapport : {file}' },
  batch: { en: 'Batch: {id}', fr: 'Lot : {id}' },
  trouble: {
    en: 'The service does not answer ({why}); trying again.',
    fr: 'Le service ne répond pas ({why}) ; nouvel essai.',
  },
  'goes-on': {
    en: 'The batch goes on at the service. Its id is {id}; read it at {url}/v1/batches/{id}.',
    fr: 'Le lot continue au service. Son identifiant est {id} ; il se lit à {url}/v1/batches/{id}.',
  },
  'may-go-on': {
    en: 'It is not known whether the service began to issue the batch. Its id is {id}; read it at {url}/v1/batches/{id}.',
    fr: 'On ne sait pas si le service a commencé à délivrer le lot. Son identifiant est {id} ; il se lit à {url}/v1/batches/{id}.',
  },
  interrupted: { en: 'Interrupted: nothing was issued.', fr: 'Interrompu : rien n’a été délivré.' },
} as const satisfies Record<string, Text>

/** How many people hold the badge already. */
export const HOLDERS = {
  one: { en: '{count} person holds the badge already', fr: '{count} personne a déjà le badge' },
  other: { en: '{count} people hold the badge already', fr: '{count} personnes ont déjà le badge' },
} as const satisfies Record<string, Text>

/** How many rows only the list can mend. */
export const FAULTY = {
  one: { en: '{count} row is to be corrected', fr: '{count} ligne est à corriger' },
  other: { en: '{count} rows are to be corrected', fr: '{count} lignes sont à corriger' },
} as const satisfies Record<string, Text>

/** How many rows are in each state, as a label of the number. */
export const STATES = {
  ready: { en: 'ready', fr: 'prêtes' },
  issued: { en: 'issued', fr: 'délivrées' },
  'already-awarded': { en: 'had the badge already', fr: 'déjà attribuées' },
  duplicate: { en: 'duplicates', fr: 'doublons' },
  invalid: { en: 'invalid', fr: 'en erreur' },
  failed: { en: 'failed', fr: 'échouées' },
  cancelled: { en: 'cancelled', fr: 'annulées' },
  revoked: { en: 'revoked', fr: 'révoquées' },
} as const satisfies Record<string, Text>

/** What the service takes a column for. */
export const FIELDS: Readonly<Record<string, Text>> = {
  email: { en: 'e-mail address', fr: 'adresse e-mail' },
  did: { en: 'DID', fr: 'DID' },
  identifier: { en: 'identifier', fr: 'identifiant' },
  name: { en: 'name', fr: 'nom complet' },
  firstName: { en: 'first name', fr: 'prénom' },
  lastName: { en: 'last name', fr: 'nom de famille' },
  structure: { en: 'organisation', fr: 'structure' },
  awardedDate: { en: 'date of the award', fr: 'date d’obtention' },
  validUntil: { en: 'valid until', fr: 'valable jusqu’au' },
  narrative: { en: 'narrative', fr: 'commentaire' },
  evidenceUrl: { en: 'link to evidence', fr: 'lien vers une preuve' },
}
