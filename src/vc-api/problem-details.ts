import { DOCUMENT_MESSAGES } from '../credential-messages.ts'
import { sayTypeset } from '../markup/say-typeset.ts'
import type { Language, Text } from '../messages.ts'
import { MODEL_FAULTS, type ModelCode } from '../model-messages.ts'
import { CHECK_MESSAGES } from '../verification/messages.ts'
import type { Check } from './verify-credential.ts'

/** One thing that keeps a document from being verified. */
export interface ProblemDetail {
  readonly type: string
  readonly title: string
  readonly detail: string
  readonly check: string
  readonly code: string
  /** JSON Pointer into the document. */
  readonly path?: string
}

/** A type that a standard names, with the title that every problem of it has. */
interface ProblemType {
  readonly type: string
  readonly title: Text
}

const named =
  (vocabulary: string) =>
  (name: string, en: string, fr: string): ProblemType => ({
    type: `${vocabulary}#${name}`,
    title: { en, fr },
  })

const vcdm = named('https://www.w3.org/TR/vc-data-model')
const security = named('https://w3id.org/security')
const status = named('https://www.w3.org/ns/credentials/status-list')

const PARSING = vcdm('PARSING_ERROR', 'The document cannot be read', 'Document illisible')
const MALFORMED = vcdm('MALFORMED_VALUE_ERROR', 'A value is malformed', 'Valeur mal formée')
const RANGE = vcdm('RANGE_ERROR', 'A value is out of range', 'Valeur hors limites')
const PROOF = security('PROOF_VERIFICATION_ERROR', 'The proof is not verified', 'Signature non vérifiée')
const LOSS = security(
  'DATA_LOSS_DETECTION_ERROR',
  'Something would not be covered by the proof',
  'Contenu que la signature ne couvrirait pas',
)
const UNCOMPUTABLE = security(
  'PROOF_TRANSFORMATION_ERROR',
  'What is signed cannot be made out',
  'Contenu signé impossible à établir',
)

/** Types by code, where a standard names one. */
const TYPES: Readonly<Record<string, ProblemType>> = {
  'proof-domain': security('INVALID_DOMAIN_ERROR', 'The domain is another', 'Domaine inattendu'),
  'proof-challenge': security('INVALID_CHALLENGE_ERROR', 'The challenge is another', 'Défi inattendu'),
  'proof-uncomputable': UNCOMPUTABLE,
  'terms-undefined': LOSS,
  'terms-relative': LOSS,
  'terms-type': LOSS,
  'not-a-credential': PARSING,
  'status-list-too-short': status(
    'STATUS_LIST_LENGTH_ERROR',
    'The status list is too short',
    'Liste de statuts trop courte',
  ),
  'status-out-of-range': RANGE,
  'status-entry-malformed': MALFORMED,
  'expiration-unreadable': MALFORMED,
  'issuance-unreadable': MALFORMED,
  'issuance-missing': MALFORMED,
  'status-unknown-list': status(
    'STATUS_RETRIEVAL_ERROR',
    'The status list cannot be had',
    'Liste de statuts introuvable',
  ),
}

/** Types of everything else, by check. */
const TYPES_OF_CHECKS: Readonly<Record<string, ProblemType>> = {
  parse: PARSING,
  model: MALFORMED,
  terms: UNCOMPUTABLE,
  proof: PROOF,
  resources: vcdm('CRYPTOGRAPHIC_SECURITY_ERROR', 'A digest does not match', 'Empreinte différente'),
  status: status('STATUS_VERIFICATION_ERROR', 'The status is not in order', 'Statut non valable'),
  expiration: RANGE,
  issuance: RANGE,
}

/** RFC 9457, section 4.2.1: no more than the status of the answer says. */
const OTHER: ProblemType = { type: 'about:blank', title: { en: 'Bad Request', fr: 'Demande refusée' } }

/**
 * What keeps a document from being verified, in the words of the standards: of each type a short title that is always
 * the same, and in `detail` what it is here.
 * Source: VCDM 2.0, section 7.3; Data Integrity 1.0, sections 4.4 and 4.7; Bitstring Status List 1.0, section 3.5;
 * RFC 9457, section 3.1.
 */
export function problemDetailsOf(checks: readonly Check[], language: Language): ProblemDetail[] {
  return checks
    .filter(({ check, outcome }) => outcome === 'failed' || (check === 'proof' && outcome === 'skipped'))
    .map((found) => ({
      ...typed(typeOf(found), language),
      detail: sentenceOf(found, language),
      check: found.check,
      code: found.code,
      ...(found.path === undefined ? {} : { path: found.path }),
    }))
}

/** What is handed in is no document at all: the same words for it. */
export function unreadableDetails(code: keyof typeof DOCUMENT_MESSAGES, language: Language): ProblemDetail[] {
  const detail = sayTypeset(DOCUMENT_MESSAGES[code], language)
  return [{ ...typed(PARSING, language), detail, check: 'parse', code }]
}

/** Every check as it is told. */
export function toldChecks(checks: readonly Check[], language: Language) {
  return checks.map((found) => ({
    check: found.check,
    outcome: found.outcome,
    code: found.code,
    message: sentenceOf(found, language),
    ...(found.path === undefined ? {} : { path: found.path }),
  }))
}

function typed({ type, title }: ProblemType, language: Language) {
  return { type, title: title[language] }
}

// In a credential, in a presentation, or in a credential within one.
const A_PROOF = /^(\/verifiableCredential(\/\d+)?)?\/proof(\/\d+)?$/
const TYPE_OF_A_PROOF = /^(\/verifiableCredential(\/\d+)?)?\/proof(\/\d+)?\/type(\/\d+)?$/

function typeOf({ check, code, path = '' }: Check): ProblemType {
  // Data Integrity 1.0, section 4.4: what is no proof cannot be read, and one that does not say of what kind it is
  // cannot be verified.
  if (code === 'model-object' && A_PROOF.test(path)) return PARSING
  if (isModelCode(code) && TYPE_OF_A_PROOF.test(path)) return PROOF
  return TYPES[code] ?? TYPES_OF_CHECKS[check] ?? OTHER
}

/** A fault of the model is half a sentence, which its place comes before. */
function sentenceOf({ code, params, path }: Check, language: Language): string {
  if (!isModelCode(code)) return sayTypeset(CHECK_MESSAGES[code], language, params)
  const what = sayTypeset(MODEL_FAULTS[code], language)
  return sayTypeset(CHECK_MESSAGES['model-faults'], language, { path: path || '/', what })
}

function isModelCode(code: Check['code']): code is ModelCode {
  return code in MODEL_FAULTS
}
