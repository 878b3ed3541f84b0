import type { JWK } from 'jose'
import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { timeOf } from '../vc/date-time.ts'
import type { DidDocument } from '../vc/did.ts'
import { jwkFromMultibase } from '../vc/holder-key.ts'
import {
  fetchMethods,
  findMethod,
  fullMethodId,
  jwkOf,
  listsMethod,
  namesMethods,
  type Purpose,
  publicJwk,
  resolveController,
} from './controller.ts'

/** A key that signed, and who says that it is theirs. */
export interface FoundKey {
  readonly jwk: JWK
  /** Absent where a bare JWK stands at an address. */
  readonly controller?: string
  /** Does the controller list it? Otherwise the key says so of itself. */
  readonly isConfirmed: boolean
  /** It was revoked or has expired. */
  readonly hasEnded?: true
}

/** `unknown`: the controller does not list it; `unresolved`: nobody could be asked. */
export type KeyAnswer = FoundKey | 'unknown' | 'unresolved'

/**
 * The key that a verification method names: of a DID document, a controller document or one method at an https
 * address, or in the fragment itself (`…#z6Mk…`), as Open Badges has it.
 * Source: Controlled Identifiers 1.0, section 3.3 (Retrieve Verification Method); OB 3.0, section 8.2.
 * @param method absolute URL; the DID alone names the one key of a did:key or did:jwk
 */
export async function findKey(ctx: Context, method: string, purpose: Purpose): Promise<KeyAnswer> {
  const [controller, fragment] = method.split('#') as [string, string?]
  if (controller.startsWith('did:')) {
    const document = await resolveController(ctx, controller)
    return document ? fromDocument(ctx, document, fullMethodId(method), purpose) : 'unresolved'
  }
  const document = await fetchMethods(ctx, controller)
  if (document && namesMethods(document)) {
    if (document.id !== controller) return 'unknown'
    return fromDocument(ctx, document as DidDocument, method, purpose)
  }
  if (document && (jwkOf(document) ?? publicJwk(document))) return fromOne(ctx, document, method, purpose)
  const jwk = jwkFromMultibase(fragment ?? '')
  return jwk ? { jwk, controller, isConfirmed: false } : 'unresolved'
}

function fromDocument(ctx: Context, document: DidDocument, id: string, purpose: Purpose): KeyAnswer {
  const method = findMethod(document, id, purpose)
  const jwk = method && jwkOf(method)
  if (!jwk) return 'unknown'
  return { jwk, controller: document.id, isConfirmed: true, ...endOf(ctx, method) }
}

/** One method, or a bare JWK, at an address of its own: confirmed when the controller that it names lists it. */
async function fromOne(ctx: Context, document: Json, id: string, purpose: Purpose): Promise<KeyAnswer> {
  const jwk = (jwkOf(document) ?? publicJwk(document))!
  const { controller } = document
  if (typeof controller !== 'string') return { jwk, isConfirmed: false }
  const said = { jwk, controller, ...endOf(ctx, document) }
  const owner = await resolveController(ctx, controller)
  if (owner) return listsMethod(owner, id, purpose) ? { ...said, isConfirmed: true } : 'unknown'
  return controller.startsWith('did:') ? 'unresolved' : { ...said, isConfirmed: false }
}

/** Controlled Identifiers 1.0, section 2.2 (Verification Methods): `revoked` and `expires`. */
function endOf(ctx: Context, { revoked, expires }: Json): { hasEnded?: true } {
  const ends = [revoked, expires].filter((end) => end !== undefined)
  const isLater = (end: unknown) => (timeOf(end) ?? 0) > ctx.clock().getTime()
  return ends.every(isLater) ? {} : { hasEnded: true }
}
