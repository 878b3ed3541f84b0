import type { Json } from '../credential.ts'

/** What a value may be: it decides what is checked before it goes into a slot. */
export type SlotKind = 'iri' | 'dateTime' | 'text'

/** A place in a document whose text differs from one credential to the next. */
export interface Slot {
  readonly path: readonly (string | number)[]
  readonly kind: SlotKind
}

/** What documents of one layout have in common: every member but the texts in the slots. */
export interface Layout {
  /** Two documents have one layout exactly when they have one key. */
  readonly key: string
  /** One of them. */
  readonly document: Json
  readonly slots: readonly Slot[]
}

/** Parts of a document that its maker knows to be constant: they are not looked into. */
export interface Constants {
  /** Names their content: another content has another key. */
  readonly key: string
  readonly parts: ReadonlySet<unknown>
}

export const NO_CONSTANTS: Constants = { key: '', parts: new Set() }

/** These say what a document is, so they belong to its layout. */
const OF_THE_LAYOUT = new Set(['@context', 'type', 'cryptosuite', 'proofPurpose', 'statusPurpose'])
const IRI_MEMBERS = new Set(['id', 'issuer', 'holder', 'statusListCredential', 'verificationMethod'])
const TIME_MEMBERS = new Set([
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'awardedDate',
  'activityStartDate',
  'activityEndDate',
  'created',
  'expires',
])

/** The layout's key of a document, and the texts for its slots, in their order. */
export function valuesOf(document: Json, constants: Constants): { key: string; values: string[] } {
  const values: string[] = []
  return { key: `${constants.key} ${walk(document, constants.parts, values)}`, values }
}

/** The whole layout of a document, whose key `valuesOf` told. */
export function layoutOf(document: Json, constants: Constants, key: string): Layout {
  const slots: Slot[] = []
  findSlots(document, [], constants.parts, slots)
  return { key, document, slots }
}

/** The document of a layout with these values: what the fast path stands for. */
export function fillDocument({ document, slots }: Layout, values: readonly string[]): Json {
  // Not structuredClone: an object that stands in two places would be one object in the copy too.
  const filled = JSON.parse(JSON.stringify(document)) as Json
  for (const [i, { path }] of slots.entries()) {
    let holder = filled as Record<string | number, unknown>
    for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
    holder[path.at(-1)!] = values[i]
  }
  return filled
}

function walk(value: unknown, constants: ReadonlySet<unknown>, values: string[]): string {
  if (typeof value === 'string') {
    values.push(value)
    return '$'
  }
  if (typeof value !== 'object' || value === null) return String(value)
  if (constants.has(value)) return '='
  let key = ''
  if (Array.isArray(value)) {
    for (const item of value) key += `${walk(item, constants, values)},`
    return `[${key}]`
  }
  for (const name in value) {
    const member = (value as Json)[name]
    key += OF_THE_LAYOUT.has(name)
      ? `${name}:${JSON.stringify(member)},`
      : `${name}:${walk(member, constants, values)},`
  }
  return `{${key}}`
}

// Visits the same texts in the same order as `walk`.
function findSlots(
  value: unknown,
  path: readonly (string | number)[],
  constants: ReadonlySet<unknown>,
  slots: Slot[],
): void {
  if (typeof value === 'string') slots.push({ path, kind: kindOf(path) })
  if (typeof value !== 'object' || value === null || constants.has(value)) return
  const members: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value).filter(([name]) => !OF_THE_LAYOUT.has(name))
  for (const [step, member] of members) findSlots(member, [...path, step], constants, slots)
}

function kindOf(path: readonly (string | number)[]): SlotKind {
  const member = String(path.findLast((step) => typeof step === 'string'))
  if (IRI_MEMBERS.has(member)) return 'iri'
  return TIME_MEMBERS.has(member) ? 'dateTime' : 'text'
}
