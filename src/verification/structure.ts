import { isDeepStrictEqual } from 'node:util'
import { Compile } from 'typebox/compile'
import { CREDENTIALS_V1, CREDENTIALS_V2, UnknownContext } from '../vc/contexts.ts'
import { OpenBadgeCredential } from '../vc/credential-schema.ts'
import { STATUS_TERMS } from '../vc/vcdm1.ts'
import { assertTermsDefined } from '../vc/verify-proof.ts'
import { type CheckStep, failed, isObject, listOf, passed } from './check.ts'

const schema = Compile(OpenBadgeCredential)

/** Every term and type expands: an undefined one would not be signed (VCDM 2.0, section 4.3; JSON-LD safe mode). */
export const checkTerms: CheckStep = async (_ctx, { credential }) => {
  if (!isPlain(credential)) return failed('terms-not-plain')
  try {
    await assertTermsDefined(credential)
    return passed('terms-ok')
  } catch (error) {
    return error instanceof UnknownContext
      ? failed('terms-context-unknown', { url: error.url.slice(0, 200) })
      : failed('terms-undefined')
  }
}

/**
 * Is every member named by a term, of contexts that are named by their URLs? JSON-LD can say the same thing, with
 * the same proof, under a full address or a term of its own making: a check that looks for `validUntil` would
 * not see it there (Data Integrity 1.0, section 4.6: Context Validation). One definition inside is known word for word:
 * our own, of a status entry in the older data model.
 */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain)
  if (!isObject(value)) return true
  return Object.entries(value).every(([name, member]) =>
    name === '@context'
      ? [member].flat().every((one) => typeof one === 'string' || isDeepStrictEqual(one, STATUS_TERMS))
      : !/^@|:/.test(name) && isPlain(member),
  )
}

/** VCDM 2.0, section 4.3 (the first context) and OB 3.0, section B.1.1 (the second one). */
export const checkContext: CheckStep = (_ctx, { credential }) => {
  const contexts = listOf(credential['@context'])
  if (contexts[0] !== CREDENTIALS_V2 && contexts[0] !== CREDENTIALS_V1) return failed('context-credentials')
  const isOpenBadges = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/
  const second = contexts[1]
  return typeof second === 'string' && isOpenBadges.test(second)
    ? passed('context-ok')
    : failed('context-open-badges')
}

/** The required members and their types (OB 3.0, appendix B). */
export const checkSchema: CheckStep = (_ctx, { credential }) => {
  if (schema.Check(credential)) return passed('schema-ok')
  const [first] = schema.Errors(credential)
  const { requiredProperties } = (first?.params ?? {}) as { requiredProperties?: string[] }
  const missing = requiredProperties?.[0] ? `/${requiredProperties[0]}` : ''
  return failed('schema-broken', { path: `${first?.instancePath ?? ''}${missing}` || '/' })
}

/** OB 3.0, section 9.1: the subject is identified, and what was achieved says how. */
export const checkSubject: CheckStep = (_ctx, { credential }) => {
  const subject = credential.credentialSubject
  if (!isObject(subject)) return failed('subject-nobody')
  if (typeof subject.id !== 'string' && listOf(subject.identifier).length === 0)
    return failed('subject-nobody')
  const { criteria } = isObject(subject.achievement) ? subject.achievement : {}
  const says =
    isObject(criteria) && (typeof criteria.id === 'string' || typeof criteria.narrative === 'string')
  return says ? passed('subject-ok') : failed('subject-no-criteria')
}
