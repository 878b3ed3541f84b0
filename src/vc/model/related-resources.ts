import { isObject } from '../members.ts'
import { url } from './identifiers.ts'
import { type ModelFault, memberOf, must, object, oneOrMore, type Rule } from './rule.ts'

// RFC 6838, section 4.2, without parameters, as IANA lists them.
const MEDIA_TYPE = /^[a-z\d][a-z\d!#$&^_.+-]{0,126}\/[a-z\d][a-z\d!#$&^_.+-]{0,126}$/i
// Subresource Integrity, section 3.5: hash-expression.
const HASH_EXPRESSION = /^sha(256|384|512)-[a-z\d+/_-]+={0,2}(\?[\x21-\x7e]*)?$/i
// Controlled Identifiers 1.0, section 2.4: the encodings that the standards of credentials use.
const MULTIBASE = /^(u[\w-]+|z[1-9A-HJ-NP-Za-km-z]+)$/

const resource = object(
  {
    id: url,
    mediaType: must('model-media-type', (value) => typeof value === 'string' && MEDIA_TYPE.test(value)),
    digestSRI: oneOrMore(must('model-digest-sri', isIntegrity)),
    digestMultibase: oneOrMore(
      must('model-digest-multibase', (value) => typeof value === 'string' && MULTIBASE.test(value)),
    ),
  },
  ['id'],
)

/**
 * VCDM 2.0, section 5.3: objects with the id of a resource, unique in the list, its digest in one of two forms, and
 * its media type perhaps.
 */
export const relatedResources: Rule = function* (value, path) {
  yield* oneOrMore(resourceWithDigest)(value, path)
  yield* uniqueIds(value, path)
}

function* resourceWithDigest(value: unknown, path: string): Iterable<ModelFault> {
  yield* resource(value, path)
  if (isObject(value) && value.digestSRI === undefined && value.digestMultibase === undefined)
    yield { path, code: 'model-digest-missing' }
}

function* uniqueIds(value: unknown, path: string): Iterable<ModelFault> {
  const seen = new Set<unknown>()
  for (const [index, item] of Array.isArray(value) ? value.entries() : []) {
    const id = memberOf(item, 'id')
    if (id !== undefined && seen.has(id)) yield { path: `${path}/${index}/id`, code: 'model-resource-twice' }
    seen.add(id)
  }
}

/** One or more digests of the same resource, with a space between them. */
function isIntegrity(value: unknown): boolean {
  return typeof value === 'string' && value.split(' ').every((one) => HASH_EXPRESSION.test(one))
}
