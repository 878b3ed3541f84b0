import { CallerError } from '../../errors.ts'
import type { Json } from '../../vc/credential.ts'

/** What a wallet sends into an exchange. */
export type Message =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'presentation'
      readonly presentation: unknown
      /** bare: the presentation is the whole body, as older wallets send it and want it back. */
      readonly form: 'wrapped' | 'bare'
    }

/** What may stand beside it: a wallet's own name for the message, and where it would lead us. */
const BESIDE = ['referenceId', 'redirectUrl']

/**
 * Reads a message of VCALM ("Participate in an Exchange"), or the bare presentation of the
 * "credential request" that came before it.
 * @param body the JSON; undefined for an empty one
 * @throws CallerError 400
 */
export function readMessage(body: unknown): Message {
  if (body === undefined) return { kind: 'start' }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw notUnderstood()
  const message = body as Json
  if ([message.type].flat().includes('VerifiablePresentation')) {
    return { kind: 'presentation', presentation: message, form: 'bare' }
  }
  const { verifiablePresentation: given, ...rest } = message
  if (Object.keys(rest).some((name) => !BESIDE.includes(name))) throw notUnderstood()
  if (given === undefined) return { kind: 'start' }
  const presentation = Array.isArray(given) && given.length === 1 ? given[0] : given
  return { kind: 'presentation', presentation, form: 'wrapped' }
}

const notUnderstood = () => new CallerError(400, 'bad-exchange-message')
