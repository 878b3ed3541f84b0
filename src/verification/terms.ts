import { isDeepStrictEqual } from 'node:util'
import { termFault } from '../vc/as-written.ts'
import {
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  DATA_INTEGRITY_V1,
  DATA_INTEGRITY_V2,
  ED25519_2020,
  OPEN_BADGES_V3,
} from '../vc/contexts.ts'
import { type Json, withoutProof } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { OPEN_BADGES_CONTEXT } from '../vc/open-badges/credential.ts'
import { STATUS_TERMS } from '../vc/vcdm1.ts'
import { type CheckStep, failed, passed, warning } from './check.ts'
import { termFinding } from './term-finding.ts'

const OPEN_BADGES_EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'

/**
 * Every term and type expands, and says what it seems to say: an undefined one would not be signed (VCDM 2.0,
 * section 4.3; JSON-LD safe mode), one that is moved or renamed would not be found.
 */
export const checkTerms: CheckStep = async (_ctx, { credential, jwt }) => {
  if (!isPlain(credential)) return failed('terms-not-plain')
  // What a proof says of itself is checked with it; one of a kind that nobody here knows does no harm.
  const content = withoutProof(credential)
  return termFinding(await termFault(jwt ? withoutTokens(content) : content))
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
      ? listOf(member).every((one) => typeof one === 'string' || isDeepStrictEqual(one, STATUS_TERMS))
      : !/^@|:/.test(name) && isPlain(member),
  )
}

/**
 * VCDM 2.0, section 4.3 (the first context) and OB 3.0, section B.1.1 (the second one). Other contexts than the usual
 * ones make no badge invalid, but other software may not know them.
 */
export const checkContext: CheckStep = (_ctx, { credential }) => {
  const [first, second, ...further] = listOf(credential['@context'])
  if (first !== CREDENTIALS_V2 && first !== CREDENTIALS_V1) return failed('context-credentials')
  if (typeof second !== 'string' || !new RegExp(OPEN_BADGES_CONTEXT).test(second))
    return failed('context-open-badges')
  if (first === CREDENTIALS_V2 && second !== OPEN_BADGES_V3) return warning('context-older')
  const needed = neededContexts(credential)
  const unusual = further.find((one) => !needed.some((usual) => isDeepStrictEqual(one, usual)))
  if (unusual === undefined) return passed('context-ok')
  const url = typeof unusual === 'string' ? unusual.slice(0, 200) : '{…}'
  return warning('context-unusual', { url })
}

/** Types that only the extensions define (OB 3.0, section B.6). */
const EXTENSION_TYPES = [
  '1EdTechJsonSchemaValidator2019',
  '1EdTechRevocationList',
  '1EdTechCredentialRefresh',
]

/** The contexts that define what the first two do not. */
function neededContexts(credential: Json): readonly unknown[] {
  const types = new Set(typesIn(credential))
  const isOlder = listOf(credential['@context'])[0] === CREDENTIALS_V1
  return [
    ...(EXTENSION_TYPES.some((type) => types.has(type)) ? [OPEN_BADGES_EXTENSIONS] : []),
    ...(types.has('Ed25519Signature2020') ? [ED25519_2020] : []),
    ...(isOlder && types.has('DataIntegrityProof') ? [DATA_INTEGRITY_V1, DATA_INTEGRITY_V2] : []),
    ...(isOlder ? [STATUS_TERMS] : []),
  ]
}

function typesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(typesIn)
  return isObject(value) ? [...listOf(value.type), ...Object.values(value).flatMap(typesIn)] : []
}

/**
 * `endorsementJwt` is of the standard, but no term of every copy of its context (OB 3.0, section B.1.1). A token signs it
 * as text all the same.
 */
function withoutTokens(content: Json): Json {
  const inside = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(inside) : isObject(value) ? withoutTokens(value) : value
  const { endorsementJwt: _, ...rest } = content
  return Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, inside(member)]))
}
