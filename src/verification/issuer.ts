import { findIssuerByDid } from '../issuers/queries.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type CheckStep, failed, issuerIdOf, passed, warning } from './check.ts'

/**
 * Is the issuer named as a Profile, and one of this service? A stranger can be genuine, and the reader must know that
 * it is one.
 * Source: OB 3.0, section B.1.5 (Profile).
 */
export const checkIssuer: CheckStep = async (ctx, { credential }) => {
  const { issuer } = credential
  const id = issuerIdOf(credential)
  if (id === undefined) return failed('issuer-missing')
  const path = isObject(issuer) ? faultOf(issuer, '/issuer') : undefined
  if (path !== undefined) return failed('issuer-not-profile', { path })
  const own = await findIssuerByDid(ctx.db, id)
  if (own) return passed('issuer-ours', { name: own.name })
  return isObject(issuer) ? warning('issuer-foreign') : warning('issuer-bare')
}

/** A parent of a parent is enough. */
const MAX_PARENTS = 5

/** Where the Profile, its other identifiers or its parents are of no type that they should be. */
function faultOf(profile: Json, path: string, depth = 0): string | undefined {
  if (!listOf(profile.type).includes('Profile')) return `${path}/type`
  const identifiers = listOf(profile.otherIdentifier)
  const wrong = identifiers.findIndex(
    (one) => !isObject(one) || !listOf(one.type).includes('IdentifierEntry'),
  )
  if (wrong >= 0) return `${path}/otherIdentifier/${wrong}/type`
  const { parentOrg } = profile
  if (parentOrg === undefined) return undefined
  if (!isObject(parentOrg) || depth >= MAX_PARENTS) return `${path}/parentOrg`
  return faultOf(parentOrg, `${path}/parentOrg`, depth + 1)
}
