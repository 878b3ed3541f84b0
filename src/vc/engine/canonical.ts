import { hash } from 'node:crypto'
import { escapeLiteral } from './terms.ts'

/** A part of a quad in N-Quads: a constant text, the value of a slot, or a blank node. */
export type Part =
  | { readonly constant: string }
  | { readonly slot: number; readonly before: string; readonly after: string }
  | { readonly blank: number }

/** A quad of the default graph; its predicate is always constant. */
export interface QuadTemplate {
  readonly subject: Part
  readonly predicate: string
  readonly object: Part
}

/** Gives the canonical N-Quads (UTF-8) for the values of the slots, or undefined where it would be unsure. */
export type Canonicalize = (values: readonly string[]) => Buffer | undefined

/**
 * A canonicaliser for datasets that differ in the values of slots alone. It does what RDFC-1.0 (section 4.4)
 * does, and works out beforehand whatever does not depend on the values:
 * 1. The first-degree hash of a blank node (section 4.6) is over the few quads that mention it, with `_:a` for
 *    itself and `_:z` for any other. Where no slot is among them it is known beforehand.
 * 2. In the order of their hashes the blank nodes get the labels c14n0, c14n1, … (section 4.4.3, step 4). Two
 *    equal hashes would need section 4.8: then the answer is undefined.
 * 3. The quads are sorted as texts (section 4.4.3, step 7). A term is never the beginning of another one, since
 *    `>` and `"` stand in none, so the order is that of subjects, then predicates, then objects, and only
 *    subjects and the objects of one predicate remain to be compared.
 * 4. A dataset is a set. Quads can only coincide when two subjects do (then the answer is undefined), or two
 *    objects of one subject and predicate, which step 3 brings together.
 * 5. It is written as bytes in the form of a text, one character for each byte: half as long in memory as a text
 *    with one character beyond Latin-1, and ready to be hashed.
 */
export function planCanonicalization(quads: readonly QuadTemplate[]): Canonicalize {
  const terms = new Terms()
  const interned = quads.map(({ subject, predicate, object }) => ({
    subject: terms.intern(subject),
    predicate,
    object: terms.intern(object),
  }))
  const blanks = planBlankNodes(interned)
  const groups = groupBySubject(interned)
  const fixed = groups.filter((group) => 'text' in group.subject)
  const order = fixed.map((group) => ({ group, text: textOf(group.subject, NOTHING) }))
  order.sort((a, b) => (a.text < b.text ? -1 : 1))
  const named = groups.filter((group) => 'term' in group.subject)
  const nameless = groups.filter((group) => 'blank' in group.subject)

  return (values) => {
    const filling = terms.fill(values)
    const labels = labelsOf(blanks, filling)
    if (!labels) return undefined
    filling.labels = labels
    const sorted = [...order]
    for (const group of named) {
      const text = textOf(group.subject, filling)
      if (sorted.some((other) => other.text === text)) return undefined
      const place = sorted.findIndex((other) => text < other.text)
      sorted.splice(place < 0 ? sorted.length : place, 0, { group, text })
    }
    // `<` stands before `_`: the named come first.
    const last = nameless.map((group) => ({ group, text: textOf(group.subject, filling) }))
    last.sort((a, b) => (a.text < b.text ? -1 : 1))
    let bytes = ''
    for (const { group } of sorted) bytes += group.write(filling)
    for (const { group } of last) bytes += group.write(filling)
    return Buffer.from(bytes, 'latin1')
  }
}

/** A part of a quad: its text and its bytes, one of the terms that hold a value, or a blank node. */
type Interned =
  | { readonly text: string; readonly bytes: string }
  | { readonly term: number }
  | { readonly blank: number }

interface InternedQuad {
  readonly subject: Interned
  readonly predicate: string
  readonly object: Interned
}

/** The terms of one credential. */
interface Filling {
  readonly texts: readonly string[]
  readonly bytes: readonly string[]
  labels: readonly string[]
}

const NOTHING: Filling = { texts: [], bytes: [], labels: [] }

/** Each term that holds a value, once, wherever it stands. */
class Terms {
  readonly #terms: { slot: number; before: string; after: string }[] = []

  intern(part: Part): Interned {
    if ('constant' in part) return { text: part.constant, bytes: toBytes(part.constant) }
    if ('blank' in part) return part
    const { slot, before, after } = part
    const known = this.#terms.findIndex((t) => t.slot === slot && t.before === before && t.after === after)
    return { term: known >= 0 ? known : this.#terms.push({ slot, before, after }) - 1 }
  }

  fill(values: readonly string[]): Filling {
    const texts = this.#terms.map(({ slot, before, after }) => {
      const value = values[slot]!
      return before + (before === '<' ? value : escapeLiteral(value)) + after
    })
    return { texts, bytes: texts.map(toBytes), labels: [] }
  }
}

const ASCII = /^[\0-\x7f]*$/

/** Step 5. */
function toBytes(text: string): string {
  return ASCII.test(text) ? text : Buffer.from(text).toString('latin1')
}

function textOf(part: Interned, { texts, labels }: Filling): string {
  if ('text' in part) return part.text
  return 'blank' in part ? labels[part.blank]! : texts[part.term]!
}

function bytesOf(part: Interned, { bytes, labels }: Filling): string {
  if ('text' in part) return part.bytes
  return 'blank' in part ? labels[part.blank]! : bytes[part.term]!
}

interface SubjectGroup {
  readonly subject: Interned
  write(filling: Filling): string
}

function groupBySubject(quads: readonly InternedQuad[]): SubjectGroup[] {
  return [...Map.groupBy(quads, ({ subject }) => JSON.stringify(subject)).values()].map((ofSubject) => {
    const subject = ofSubject[0]!.subject
    const write = planLines(subject, ofSubject)
    const isConstant = 'text' in subject && ofSubject.every(({ object }) => 'text' in object)
    const known = isConstant ? write(NOTHING) : undefined
    return { subject, write: known === undefined ? write : () => known }
  })
}

/** Step 3 for the quads of one subject. */
function planLines(subject: Interned, quads: readonly InternedQuad[]): SubjectGroup['write'] {
  const byPredicate = [...Map.groupBy(quads, ({ predicate }) => predicate)]
  byPredicate.sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = byPredicate.map(([predicate, ofPredicate]) => ({
    middle: toBytes(` ${predicate} `),
    objects: ofPredicate.map(({ object }) => object),
  }))
  return (filling) => {
    const start = bytesOf(subject, filling)
    let bytes = ''
    for (const { middle, objects } of lines) {
      if (objects.length === 1) bytes += `${start}${middle}${bytesOf(objects[0]!, filling)} .\n`
      else for (const object of sortObjects(objects, filling)) bytes += `${start}${middle}${object} .\n`
    }
    return bytes
  }
}

/** The different objects as bytes, in the order of their texts. */
function sortObjects(objects: readonly Interned[], filling: Filling): string[] {
  const byText = new Map(objects.map((part) => [`${textOf(part, filling)} .`, bytesOf(part, filling)]))
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, bytes]) => bytes)
}

interface BlankNode {
  /** Its first-degree hash where no value changes it. */
  readonly known: string | undefined
  readonly mentions: readonly InternedQuad[]
  /** `_:a` for the node itself and `_:z` for the others. */
  readonly masks: readonly string[]
}

function planBlankNodes(quads: readonly InternedQuad[]): BlankNode[] {
  const numbers = new Set(quads.flatMap(({ subject, object }) => [subject, object]).flatMap(blankOf))
  return [...Array(numbers.size).keys()].map((number) => {
    const mentions = quads.filter((quad) => [quad.subject, quad.object].flatMap(blankOf).includes(number))
    const masks = [...Array(numbers.size).keys()].map((other) => (other === number ? '_:a' : '_:z'))
    const changes = mentions.some(({ subject, object }) => 'term' in subject || 'term' in object)
    return { mentions, masks, known: changes ? undefined : firstDegreeHash(mentions, masks, NOTHING) }
  })
}

function blankOf(part: Interned): number[] {
  return 'blank' in part ? [part.blank] : []
}

/** Step 1. */
function firstDegreeHash(
  mentions: readonly InternedQuad[],
  masks: readonly string[],
  { texts, bytes }: Filling,
): string {
  const filling = { texts, bytes, labels: masks }
  const lines = mentions.map(
    ({ subject, predicate, object }) =>
      `${textOf(subject, filling)} ${predicate} ${textOf(object, filling)} .\n`,
  )
  const sorted = lines.sort()
  return hash('sha256', sorted.filter((line, i) => line !== sorted[i - 1] || isOfTwo(line)).join(''), 'hex')
}

/** Of quads that mention another blank node, equal lines can be different quads; others are one quad (step 4). */
function isOfTwo(line: string): boolean {
  return line.startsWith('_:z ') || line.endsWith(' _:z .\n')
}

/** Step 2. @returns undefined when two hashes are equal */
function labelsOf(blanks: readonly BlankNode[], filling: Filling): string[] | undefined {
  const hashes = blanks.map(
    ({ known, mentions, masks }) => known ?? firstDegreeHash(mentions, masks, filling),
  )
  const labels: string[] = new Array(blanks.length)
  for (let i = 0; i < hashes.length; i++) {
    let place = 0
    for (let j = 0; j < hashes.length; j++) {
      if (hashes[j]! < hashes[i]!) place++
      else if (hashes[j] === hashes[i] && i !== j) return undefined
    }
    labels[i] = `_:c14n${place}`
  }
  return labels
}
