import { isDeepStrictEqual } from 'node:util'
import type { JWK } from 'jose'
import type { Context } from '../context.ts'
import { isObject, listOf } from '../vc/members.ts'
import {
  findMethod,
  fullMethodId,
  jwkOf,
  listsMethod,
  type Purpose,
  publicJwk,
  resolveController,
} from './controller.ts'
import type { FoundKey } from './verification-key.ts'

/**
 * How a key stands to who should have signed: `confirmed` to be theirs; `unconfirmed`: nothing contradicts it;
 * `other`: somebody else's; `unlisted`: theirs are published, and it is not among them.
 */
export type KeyStanding = 'confirmed' | 'unconfirmed' | 'other' | 'unlisted'

/** The same of a proof; of one whose key could not be looked up: whether it should be the controller's. */
export type Standing = Exclude<KeyStanding, 'unlisted'> | 'unresolved' | 'other-unresolved'

/** Whose key is expected, and what for. */
interface Expected {
  readonly purpose: Purpose
  readonly controller?: string | undefined
}

/**
 * Whose is the key? A DID lists its keys. An issuer that is named by another address, as in the examples of
 * Open Badges, often lists none: then any key can have signed in its name, and the reader is told.
 * @param method the address of the key
 */
export async function standingOf(
  ctx: Context,
  key: FoundKey,
  method: string,
  { purpose, controller }: Expected,
): Promise<KeyStanding> {
  if (controller === undefined) return key.isConfirmed ? 'confirmed' : 'unconfirmed'
  if (key.controller === controller && key.isConfirmed) return 'confirmed'
  if (isNoNameToSignIn(ctx, controller)) return 'unlisted'
  const id = fullMethodId(method)
  if (controller.startsWith('did:')) {
    const document = await resolveController(ctx, controller)
    return document && listsMethod(document, id, purpose) ? 'confirmed' : 'other'
  }
  const document = await resolveController(ctx, controller)
  if (!document) return 'unconfirmed'
  return listsMethod(document, id, purpose) ? 'confirmed' : 'unlisted'
}

/** Is a bare key one of those that the controller lists for the purpose? @returns undefined when nobody could be asked */
export async function isKeyOf(
  ctx: Context,
  jwk: JWK,
  { purpose, controller }: Expected,
): Promise<boolean | undefined> {
  const document = controller === undefined ? undefined : await resolveController(ctx, controller)
  if (!document) return undefined
  const ids = listOf(document[purpose]).map((one) => (isObject(one) ? one.id : one))
  const methods = ids.map((id) => (typeof id === 'string' ? findMethod(document, id, purpose) : undefined))
  return methods.some((method) => method && isDeepStrictEqual(jwkOf(method), publicJwk({ ...jwk })))
}

/** Issuers of ours sign in the name of their DID alone, and a DID is written in one way. */
export function isNoNameToSignIn({ config }: Context, id: string): boolean {
  const isOurAddress = URL.canParse(id) && new URL(id).origin === new URL(config.publicUrl).origin
  return isOurAddress || /^did:/i.test(id) !== id.startsWith('did:')
}
