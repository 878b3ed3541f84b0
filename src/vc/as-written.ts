import jsonld from 'jsonld'
import { loadContext, UnknownContext } from './contexts.ts'
import type { Json } from './credential.ts'
import { isObject, listOf } from './members.ts'
import { ownTermsFault } from './own-terms.ts'

const CREDENTIALS = 'https://www.w3.org/2018/credentials#'
const STATUS = 'https://www.w3.org/ns/credentials/status#'
const PROOF = 'https://w3id.org/security#proof'

/** What a verifier decides by, and must find where it is written. */
const DECISIVE = new Map([
  ...[
    'credentialSchema',
    'credentialStatus',
    'credentialSubject',
    'expirationDate',
    'holder',
    'issuanceDate',
    'issuer',
    'refreshService',
    'relatedResource',
    'validFrom',
    'validUntil',
    'verifiableCredential',
  ].map((term): [string, string] => [`${CREDENTIALS}${term}`, term]),
  ...['statusListCredential', 'statusListIndex', 'statusPurpose', 'statusSize'].map(
    (term): [string, string] => [`${STATUS}${term}`, term],
  ),
  [PROOF, 'proof'],
])

/** Why a document does not say what it seems to say. */
export interface TermFault {
  readonly code: 'context-unknown' | 'undefined' | 'type' | 'relative' | 'not-as-written'
  /** The context, the type, the address or the word, where it is known. */
  readonly what?: string
}

/**
 * Does a document mean what it says? JSON-LD can say the same thing, with the same proof, in other words: under a
 * full address, a term of its own making, or in another place. Every term and type must be defined, types must be
 * absolute URLs, and what a verifier decides by must be said by its own name, where it is looked for.
 * Source: VCDM 2.0, sections 4.3 (Contexts) and 4.5 (Types); Data Integrity 1.0, section 4.6 (Context Validation).
 * @returns undefined when it does
 */
export async function termFault(document: Json): Promise<TermFault | undefined> {
  const own = ownTermsFault(document)
  if (own !== undefined) return { code: 'not-as-written', what: own.slice(0, 200) }
  let nodes: object[]
  try {
    nodes = await jsonld.expand(document, { documentLoader: loadContext, base: null, safe: true })
  } catch (error) {
    return faultOf(error)
  }
  const [node, ...others] = nodes as Json[]
  if (!node || others.length > 0) return { code: 'not-as-written' }
  const type = typesOf(node).find((one) => !isAbsoluteUrl(one))
  if (type !== undefined) return { code: 'type', what: type.slice(0, 200) }
  // Safe mode lets addresses pass that are none: what they refer to would depend on the reader.
  const relative = idsOf(node).find((one) => !one.startsWith('_:') && !isAbsoluteUrl(one))
  if (relative !== undefined) return { code: 'relative', what: relative.slice(0, 200) }
  return isAsWritten(document, node) && !isElsewhere(node, node['@id'])
    ? undefined
    : { code: 'not-as-written' }
}

function faultOf(error: unknown): TermFault {
  // The library wraps what the loader threw, and tells what safe mode did not let pass.
  const { cause, event } =
    (error as { details?: { cause?: unknown; event?: { code: string; details?: Json } } }).details ?? {}
  if (cause instanceof UnknownContext) return { code: 'context-unknown', what: cause.url.slice(0, 200) }
  const { id, property, type } = event?.details ?? {}
  if (event?.code === 'relative @id reference') return { code: 'relative', what: String(id).slice(0, 200) }
  const what = property ?? type
  return { code: 'undefined', ...(typeof what === 'string' ? { what: what.slice(0, 200) } : {}) }
}

/** Every decisive property of the node, and of its status entries, comes from the term that names it, and it alone. */
function isAsWritten(written: Json, node: Json): boolean {
  for (const [iri, term] of DECISIVE) {
    const [meant, said] = [listOf(node[iri]), listOf(written[term])]
    // A word may stand for something else; what it stands for must not be said by another.
    if (meant.length > said.length) return false
    const isEntry = term === 'credentialStatus'
    if (isEntry && !meant.every((one, i) => isEntryAsWritten(said[i], one as Json))) return false
  }
  return typesOf(node).length === 0 || listOf(written.type).length > 0
}

function isEntryAsWritten(written: unknown, node: Json): boolean {
  return isObject(written) ? isAsWritten(written, node) : Object.keys(node).every((name) => name === '@id')
}

/** Is anything decisive said of the document outside of itself, or by a keyword that moves things? */
function isElsewhere(value: unknown, id: unknown, isTop = true): boolean {
  if (Array.isArray(value)) return value.some((one) => isElsewhere(one, id, false))
  if (!isObject(value) || '@value' in value) return false
  if ('@included' in value || '@reverse' in value) return true
  const isSame = !isTop && id !== undefined && value['@id'] === id
  if (isSame && Object.keys(value).some((name) => DECISIVE.has(name))) return true
  // A credential of a presentation and a proof are graphs of their own.
  return Object.entries(value).some(([name, member]) => name !== '@graph' && isElsewhere(member, id, false))
}

function typesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(typesOf)
  if (!isObject(value)) return []
  // A JSON literal is no linked data, whatever its members are called (JSON-LD 1.1, section 4.2.2).
  if ('@value' in value) return typeof value['@type'] === 'string' ? [value['@type']] : []
  const own = listOf(value['@type']).filter((one) => typeof one === 'string')
  return [...own, ...Object.entries(value).flatMap(([name, one]) => (name === '@type' ? [] : typesOf(one)))]
}

function idsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsOf)
  if (!isObject(value) || '@value' in value) return []
  const own = typeof value['@id'] === 'string' ? [value['@id']] : []
  return [...own, ...Object.values(value).flatMap(idsOf)]
}

/** Schemes have no spaces in them, and neither has the rest. */
function isAbsoluteUrl(text: string): boolean {
  return text.startsWith('@') || (/^[a-z][a-z\d+.-]*:\S+$/i.test(text) && URL.canParse(text))
}
