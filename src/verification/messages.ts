import { CONTENT_MESSAGES } from './messages/content.ts'
import { DATES_MESSAGES } from './messages/dates.ts'
import { PARSE_MESSAGES } from './messages/parse.ts'
import { PROOF_MESSAGES } from './messages/proof.ts'
import { STATUS_MESSAGES } from './messages/status.ts'

/** The checks of a credential, in the order in which they are made and told. */
export const CHECKS = [
  'parse',
  'terms',
  'context',
  'schema',
  'subject',
  'issuer',
  'proof',
  'status',
  'dates',
] as const
export type CheckName = (typeof CHECKS)[number]

/** One sentence for each outcome of a check, for a reader who knows nothing of credentials. */
export const VERDICTS = {
  ...PARSE_MESSAGES,
  ...CONTENT_MESSAGES,
  ...PROOF_MESSAGES,
  ...STATUS_MESSAGES,
  ...DATES_MESSAGES,
} as const

export type VerdictCode = keyof typeof VERDICTS
