import { CONTENT_MESSAGES } from './messages/content.ts'
import { DATES_MESSAGES } from './messages/dates.ts'
import { ENDORSEMENTS_MESSAGES } from './messages/endorsements.ts'
import { HOLDER_MESSAGES } from './messages/holder.ts'
import { MODEL_MESSAGES } from './messages/model.ts'
import { OVERALL_OF_BADGE, OVERALL_OF_ENDORSEMENT, type RESERVATIONS } from './messages/overall.ts'
import { PARSE_MESSAGES } from './messages/parse.ts'
import { PROOF_MESSAGES } from './messages/proof.ts'
import { STATUS_MESSAGES } from './messages/status.ts'

/** The checks of a credential, in the order in which they are made and told. */
export const CHECKS = [
  'parse',
  'terms',
  'context',
  'type',
  'schema',
  'named-schemas',
  'subject',
  'evidence',
  'issuer',
  'proof',
  'refresh',
  'status',
  'expiration',
  'issuance',
  'endorsements',
] as const
export type CheckName = (typeof CHECKS)[number]

/** One sentence for each outcome of a check, for a reader who knows nothing of credentials. */
export const CHECK_MESSAGES = {
  ...PARSE_MESSAGES,
  ...CONTENT_MESSAGES,
  ...PROOF_MESSAGES,
  ...HOLDER_MESSAGES,
  ...STATUS_MESSAGES,
  ...MODEL_MESSAGES,
  ...DATES_MESSAGES,
  ...ENDORSEMENTS_MESSAGES,
} as const

export type CheckCode = keyof typeof CHECK_MESSAGES

/** The one sentence of the whole, by what it is of. */
export const OVERALL = {
  badge: { ...OVERALL_OF_ENDORSEMENT, ...OVERALL_OF_BADGE },
  endorsement: { ...OVERALL_OF_BADGE, ...OVERALL_OF_ENDORSEMENT },
} as const

export type OverallCode = keyof (typeof OVERALL)['badge']
export type Reservation = keyof typeof RESERVATIONS
