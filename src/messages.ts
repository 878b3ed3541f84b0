import { CLAIM_FAULTS, CLAIM_PROBLEMS } from './claim-messages.ts'
import { CREDENTIAL_FAULTS, CREDENTIAL_PROBLEMS } from './credential-messages.ts'
import { EVIDENCE_FAULTS, EVIDENCE_PROBLEMS } from './evidence-messages.ts'
import { IMAGE_FAULTS } from './image-messages.ts'
import { LIST_FAULTS } from './list-messages.ts'
import { MODEL_FAULTS } from './model-messages.ts'
import { REQUEST_FAULTS, REQUEST_PROBLEMS } from './request-messages.ts'

/** What goes into a message's `{placeholders}`. */
export type Params = Readonly<Record<string, string | number>>

export type Language = 'en' | 'fr'

export interface Text {
  readonly en: string
  readonly fr: string
}

/** Titles of problem documents, by code. */
export const PROBLEMS = {
  invalid: { en: 'The request has faults', fr: 'La demande comporte des erreurs' },
  'no-key': { en: 'A key is required', fr: 'Une clé est nécessaire' },
  'bad-key': {
    en: 'The key is not known, has expired or was revoked; it goes into Authorization: Bearer KEY',
    fr: 'La clé est inconnue, expirée ou révoquée ; elle se donne par Authorization: Bearer CLÉ',
  },
  'missing-scope': { en: 'The key lacks the scope {scope}', fr: 'Il manque à la clé le droit {scope}' },
  'operator-only': { en: 'Only the operator may do this', fr: 'Seul l’opérateur peut faire cela' },
  'scope-not-held': {
    en: 'A key cannot give the scope {scope}, which it does not have',
    fr: 'Une clé ne peut pas donner le droit {scope}, qu’elle n’a pas',
  },
  'not-found': { en: 'There is no such thing here', fr: 'Introuvable' },
  'not-acceptable': {
    en: 'None of the accepted media types can be served; there are: {types}',
    fr: 'Aucun des formats acceptés n’est disponible ; il y a : {types}',
  },
  'slug-taken': { en: 'The slug {slug} is taken', fr: 'L’identifiant court {slug} est déjà pris' },
  'already-awarded': {
    en: 'This person already holds this badge: assertion {id}',
    fr: 'Cette personne a déjà ce badge : attribution {id}',
  },
  'not-published': {
    en: 'The badge class is not published ({en}), so it cannot be awarded',
    fr: 'Le badge n’est pas publié ({fr}) : il ne peut pas être attribué',
  },
  'batch-status': {
    en: 'The batch is at “{status}”, where this cannot be done',
    fr: 'Le lot est à l’état « {status} », où cela ne peut pas se faire',
  },
  'mail-state': {
    en: 'The mail is at “{state}”: it is sent again once it was sent or has failed',
    fr: 'Le message est à l’état « {state} » : il se renvoie une fois envoyé ou en échec',
  },
  'event-not-begun': {
    en: 'The event has not begun by then: nobody can have attended it',
    fr: 'L’événement n’aura pas commencé : personne ne peut y avoir participé',
  },
  archived: { en: 'The badge class is archived', fr: 'Le badge est archivé' },
  'did-key-rotation': {
    en: 'The key of a did:key issuer is its identity and cannot be rotated',
    fr: 'La clé d’un émetteur did:key est son identité et ne peut pas être changée',
  },
  'did-document-full': {
    en: 'One more key would make the DID document larger than the 8 KB that resolvers accept',
    fr: 'Une clé de plus rendrait le document DID plus grand que les 8 Ko acceptés',
  },
  'idempotency-running': {
    en: 'A request with this Idempotency-Key is still running',
    fr: 'Une demande avec cette Idempotency-Key est encore en cours',
  },
  'idempotency-reused': {
    en: 'This Idempotency-Key was used for another request',
    fr: 'Cette Idempotency-Key a servi à une autre demande',
  },
  stale: {
    en: 'The object has changed since: read it again',
    fr: 'L’objet a changé entre-temps : relisez-le',
  },
  'if-match-missing': {
    en: 'If-Match is required: the ETag that you read, or *',
    fr: 'If-Match est nécessaire : l’ETag lu, ou *',
  },
  'too-large': { en: 'The body is too large', fr: 'Le contenu envoyé est trop volumineux' },
  'unsupported-media-type': {
    en: 'This media type is not accepted here',
    fr: 'Ce type de contenu n’est pas accepté ici',
  },
  'bad-request': { en: 'The request cannot be read', fr: 'La demande est illisible' },
  'rate-limited': {
    en: 'Too many requests: try again later',
    fr: 'Trop de demandes : réessayez plus tard',
  },
  internal: { en: 'Something went wrong on our side', fr: 'Un problème est survenu de notre côté' },
  unavailable: { en: 'The service is not ready', fr: 'Le service n’est pas prêt' },
  ...REQUEST_PROBLEMS,
  ...CLAIM_PROBLEMS,
  ...CREDENTIAL_PROBLEMS,
  ...EVIDENCE_PROBLEMS,
} as const satisfies Record<string, Text>

/** Why a batch stopped, by code. */
export const PAUSES = {
  'not-published': {
    en: 'The badge class is no longer published',
    fr: 'Le badge n’est plus publié',
  },
  'signing-key': {
    en: 'The issuer’s signing key cannot be used; the batch goes on by itself when it can',
    fr: 'La clé de signature de l’émetteur est inutilisable ; le lot reprend de lui-même dès qu’elle l’est à nouveau',
  },
  'self-check': {
    en: 'A credential that was just signed did not verify: nothing of its group was issued. This is a fault of the service',
    fr: 'Une attestation fraîchement signée ne se vérifie pas : rien de son groupe n’a été délivré. C’est un défaut du service',
  },
  storage: {
    en: 'The database has no room left; the batch goes on by itself when it has',
    fr: 'La base de données est pleine ; le lot reprend de lui-même dès qu’il y a de la place',
  },
  internal: {
    en: 'Something went wrong on our side; the batch is tried again by itself',
    fr: 'Un problème est survenu de notre côté ; le lot est relancé de lui-même',
  },
} as const satisfies Record<string, Text>

/** What a badge class is that is not published. */
export const UNPUBLISHED = {
  draft: { en: 'a draft', fr: 'brouillon' },
  archived: { en: 'archived', fr: 'archivé' },
} as const satisfies Record<string, Text>

/** Faults of single members, by code. */
export const FAULTS = {
  'json-syntax': { en: 'is not JSON', fr: 'n’est pas du JSON' },
  'json-object': { en: 'must be a JSON object', fr: 'doit être un objet JSON' },
  'json-depth': { en: 'is nested more than {max} deep', fr: 'est imbriqué sur plus de {max} niveaux' },
  'json-number': {
    en: 'is a number that not every reader can hold exactly',
    fr: 'est un nombre que tout lecteur ne peut pas retenir exactement',
  },
  'json-duplicate': { en: 'stands twice', fr: 'figure deux fois' },
  'json-key': { en: 'is not an allowed member name', fr: 'n’est pas un nom de membre permis' },
  'not-utf8': { en: 'is not UTF-8', fr: 'n’est pas en UTF-8' },
  'control-character': {
    en: 'holds a control character (U+{code})',
    fr: 'contient un caractère de contrôle (U+{code})',
  },
  surrogate: { en: 'holds a lone surrogate', fr: 'contient un demi-caractère isolé (surrogate)' },
  marks: {
    en: 'has more than 30 combining marks in a row',
    fr: 'a plus de 30 signes combinants à la suite',
  },
  cursor: { en: 'is not a cursor that was given', fr: 'n’est pas un curseur reçu' },
  header: {
    en: 'must have 1 to 255 visible ASCII characters',
    fr: 'doit avoir de 1 à 255 caractères ASCII visibles',
  },
  'exactly-one': { en: 'give exactly one of {members}', fr: 'donnez un seul de ces éléments : {members}' },
  'in-the-past': { en: 'must be in the future', fr: 'doit être dans le futur' },
  'outlives-its-maker': {
    en: 'must not be later than the expiry of the key that makes it',
    fr: 'ne doit pas dépasser l’expiration de la clé qui la crée',
  },
  'in-the-future': { en: 'must not be in the future', fr: 'ne doit pas être dans le futur' },
  'ends-before-start': { en: 'must be after validFrom', fr: 'doit être après validFrom' },
  'activity-order': {
    en: 'must not be before activityStartDate',
    fr: 'ne doit pas précéder activityStartDate',
  },
  'ends-too-late': { en: 'would end after the year 9999', fr: 'finirait après l’an 9999' },
  'no-duration': { en: 'must be longer than nothing', fr: 'doit durer plus que zéro' },
  'duplicate-id': { en: 'the id {id} stands twice', fr: 'l’identifiant {id} figure deux fois' },
  'unknown-result-description': {
    en: 'names no result description of this badge class',
    fr: 'ne désigne aucun résultat prévu par ce badge',
  },
  'result-value': { en: 'must be one of {values}', fr: 'doit être l’une des valeurs : {values}' },
  'result-range': { en: 'must be between {min} and {max}', fr: 'doit être entre {min} et {max}' },
  'result-number': { en: 'must be a number', fr: 'doit être un nombre' },
  'result-status': {
    en: 'is required where the result type is Status',
    fr: 'est nécessaire quand le type de résultat est Status',
  },
  'result-level': { en: 'names no level of this result', fr: 'ne désigne aucun niveau de ce résultat' },
  'result-empty': {
    en: 'needs a value, a status or an achieved level',
    fr: 'doit avoir une valeur, un statut ou un niveau atteint',
  },
  'result-bounds': { en: 'valueMin must not exceed valueMax', fr: 'valueMin ne doit pas dépasser valueMax' },
  schema: { en: '{en}', fr: '{fr}' },
  'not-our-url': {
    en: 'must be the URL of a credential of this service',
    fr: 'doit être l’adresse d’une attestation de ce service',
  },
  ...IMAGE_FAULTS,
  ...LIST_FAULTS,
  ...REQUEST_FAULTS,
  ...CLAIM_FAULTS,
  ...CREDENTIAL_FAULTS,
  ...MODEL_FAULTS,
  ...EVIDENCE_FAULTS,
} as const satisfies Record<string, Text>

/** What the validator finds, in words for people. */
export const SCHEMA_FAULTS = {
  required: { en: 'is required', fr: 'est obligatoire' },
  additionalProperties: { en: 'is not a known member', fr: 'n’est pas un champ connu' },
  enum: { en: 'must be one of {values}', fr: 'doit être l’une des valeurs : {values}' },
} as const satisfies Record<string, Text>

/** What a text is not, by the name of its format. */
export const FORMAT_FAULTS: Readonly<Record<string, Text>> = {
  email: { en: 'is not an e-mail address', fr: 'n’est pas une adresse e-mail' },
  'date-time': {
    en: 'is not a date and time with zone (RFC 3339), from 1900 to 9999',
    fr: 'n’est pas une date et heure avec fuseau (RFC 3339), de 1900 à 9999',
  },
  'day-or-time': {
    en: 'is neither a day such as 2026-10-15 nor a date and time with zone (RFC 3339)',
    fr: 'n’est ni un jour tel que 2026-10-15, ni une date et heure avec fuseau (RFC 3339)',
  },
  'http-url': { en: 'is not an http or https URL', fr: 'n’est pas une adresse http ou https' },
  'absolute-iri': { en: 'is not an absolute IRI', fr: 'n’est pas un IRI absolu' },
  did: { en: 'is not a DID', fr: 'n’est pas un DID' },
  'language-tag': {
    en: 'is not a language tag of the form fr, fr-FR or zh-Hant-TW (BCP 47)',
    fr: 'n’est pas un code de langue de la forme fr, fr-FR ou zh-Hant-TW (BCP 47)',
  },
  siret: { en: 'must have 14 digits', fr: 'doit compter 14 chiffres' },
  'no-web-address': { en: 'must not hold a web address', fr: 'ne doit pas contenir d’adresse web' },
  decimal: { en: 'is not a decimal number', fr: 'n’est pas un nombre décimal' },
}

export type ProblemCode = keyof typeof PROBLEMS
export type FaultCode = keyof typeof FAULTS

/** A message in the reader's language, with its placeholders filled. */
export function say(text: Text, language: Language, params: Params = {}): string {
  return text[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
