import { randomInt } from 'node:crypto'
import type { Context } from '../../context.ts'

/** Digits of the code that a wallet asks for. */
export const PIN_LENGTH = 6

/** Wrong codes after which nobody can collect by this claim any more. */
export const MAX_PIN_ATTEMPTS = 5

export function newPin(): string {
  return String(randomInt(10 ** PIN_LENGTH)).padStart(PIN_LENGTH, '0')
}

/** What is kept of a code: a hash of six digits would tell them at once, a MAC tells nothing without the key. */
export function pinMac(ctx: Context, claimId: string, pin: string): Buffer {
  return ctx.sealer.mac('claim-pin', `${claimId} ${pin}`)
}
