import type { Context } from '../context.ts'
import type { Params } from '../messages.ts'
import type { Json } from '../vc/credential.ts'
import type { DecodedJwt } from '../vc/jwt.ts'
import { isObject } from '../vc/members.ts'
import type { CheckCode } from './messages.ts'

export const OUTCOMES = ['passed', 'failed', 'warning', 'skipped'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What a check found. */
export interface Finding {
  readonly outcome: Outcome
  readonly code: CheckCode
  readonly params?: Params
}

/** A credential as it was handed in, before anything is known of it. */
export interface Candidate {
  readonly credential: Json
  /** Present when it came as a compact JWS. */
  readonly jwt?: DecodedJwt & { readonly text: string }
}

/** A named step of the verification. It may look at what is stored here, and changes nothing. */
export type CheckStep = (ctx: Context, candidate: Candidate) => Finding | Promise<Finding>

export const passed = (code: CheckCode, params?: Params): Finding => finding('passed', code, params)
export const failed = (code: CheckCode, params?: Params): Finding => finding('failed', code, params)
export const warning = (code: CheckCode, params?: Params): Finding => finding('warning', code, params)
export const skipped = (code: CheckCode, params?: Params): Finding => finding('skipped', code, params)

function finding(outcome: Outcome, code: CheckCode, params?: Params): Finding {
  return { outcome, code, ...(params ? { params } : {}) }
}

/** The issuer's id, whether it stands alone or in a Profile. */
export function issuerIdOf({ issuer }: Json): string | undefined {
  const id = isObject(issuer) ? issuer.id : issuer
  return typeof id === 'string' ? id : undefined
}
