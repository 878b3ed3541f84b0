import { type Language, say, type Text } from '../messages.ts'
import { MODEL_FAULTS } from '../model-messages.ts'
import { VERDICTS } from '../verification/messages.ts'
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

const VCDM = 'https://www.w3.org/TR/vc-data-model#'
const SECURITY = 'https://w3id.org/security#'
const STATUS = 'https://www.w3.org/ns/credentials/status-list#'

/** Types by code, where a standard names one. */
const TYPES: Readonly<Record<string, string>> = {
  'proof-domain': `${SECURITY}INVALID_DOMAIN_ERROR`,
  'proof-challenge': `${SECURITY}INVALID_CHALLENGE_ERROR`,
  'proof-uncomputable': `${SECURITY}PROOF_TRANSFORMATION_ERROR`,
  'not-a-credential': `${VCDM}PARSING_ERROR`,
  'status-list-too-short': `${STATUS}STATUS_LIST_LENGTH_ERROR`,
  'status-out-of-range': `${VCDM}RANGE_ERROR`,
  'status-entry-malformed': `${VCDM}MALFORMED_VALUE_ERROR`,
  'status-unknown-list': `${STATUS}STATUS_RETRIEVAL_ERROR`,
}

/** Types of everything else, by check. */
const TYPES_OF_CHECKS: Readonly<Record<string, string>> = {
  parse: `${VCDM}PARSING_ERROR`,
  model: `${VCDM}MALFORMED_VALUE_ERROR`,
  terms: `${SECURITY}PROOF_TRANSFORMATION_ERROR`,
  proof: `${SECURITY}PROOF_VERIFICATION_ERROR`,
  resources: `${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`,
  status: `${STATUS}STATUS_VERIFICATION_ERROR`,
  expiration: `${VCDM}RANGE_ERROR`,
  issuance: `${VCDM}RANGE_ERROR`,
}

/**
 * What keeps a document from being verified, in the words of the standards.
 * Source: VCDM 2.0, section 7.3; Data Integrity 1.0, section 4.7; Bitstring Status List 1.0, section 3.5.
 */
export function problemDetailsOf(checks: readonly Check[], language: Language): ProblemDetail[] {
  return checks
    .filter(({ check, outcome }) => outcome === 'failed' || (check === 'proof' && outcome === 'skipped'))
    .map(({ check, code, params, path }) => ({
      type: TYPES[code] ?? TYPES_OF_CHECKS[check] ?? 'about:blank',
      title: say(textOf(code), 'en', params),
      detail: say(textOf(code), language, params),
      check,
      code,
      ...(path === undefined ? {} : { path }),
    }))
}

/** Every check as it is told. */
export function toldChecks(checks: readonly Check[], language: Language) {
  return checks.map(({ check, outcome, code, params, path }) => ({
    check,
    outcome,
    code,
    message: say(textOf(code), language, params),
    ...(path === undefined ? {} : { path }),
  }))
}

function textOf(code: Check['code']): Text {
  return code in MODEL_FAULTS
    ? MODEL_FAULTS[code as keyof typeof MODEL_FAULTS]
    : VERDICTS[code as keyof typeof VERDICTS]
}
