import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'

const CONTEXT =
  /^https?:\/\/(w3id\.org\/openbadges\/v[12]|openbadgespec\.org\/v1|purl\.imsglobal\.org\/spec\/ob\/v2p\d|(www\.)?imsglobal\.org\/spec\/ob\/v2p\d)/
const ASSERTION = /(^|[#/:])Assertion$/

/**
 * Is it a badge of Open Badges 2.0 or 1.x: an Assertion (OB 2.0, section 4.1), a document of its contexts, or, before
 * there were contexts, an object that ties a badge to a recipient?
 */
export function isOpenBadge2(document: Json): boolean {
  const { '@context': context, type, credentialSubject, badge, recipient } = document
  if (credentialSubject !== undefined || listOf(type).includes('VerifiableCredential')) return false
  if (listOf(context).some((one) => typeof one === 'string' && CONTEXT.test(one))) return true
  if (listOf(type).some((one) => typeof one === 'string' && ASSERTION.test(one))) return true
  return [badge, recipient].every((one) => typeof one === 'string' || isObject(one))
}
