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

/** Gives the canonical N-Quads for the values of the slots, or undefined where it would be unsure of them. */
export type Canonicalize = (values: readonly string[]) => string | undefined

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
 */
export function planCanonicalization(quads: readonly QuadTemplate[]): Canonicalize {
  const blanks = planBlankNodes(quads)
  const subjects = groupBySubject(quads)
  const fixed = subjects.filter((group) => 'constant' in group.subject)
  const taken = new Set(fixed.map((group) => (group.subject as { constant: string }).constant))
  fixed.sort((a, b) => (textOf(a.subject, [], []) < textOf(b.subject, [], []) ? -1 : 1))
  const named = subjects.filter((group) => 'slot' in group.subject)
  const nameless = subjects.filter((group) => 'blank' in group.subject)

  return (values) => {
    const labels = labelsOf(blanks, values)
    if (!labels) return undefined
    const order = fixed.map((group) => ({ group, text: (group.subject as { constant: string }).constant }))
    for (const group of named) {
      const text = textOf(group.subject, values, labels)
      if (taken.has(text) || order.some((other) => other.text === text)) return undefined
      const place = order.findIndex((other) => text < other.text)
      order.splice(place < 0 ? order.length : place, 0, { group, text })
    }
    // `<` stands before `_`: the named come first.
    const last = nameless.map((group) => ({ group, text: textOf(group.subject, values, labels) }))
    last.sort((a, b) => (a.text < b.text ? -1 : 1))
    let result = ''
    for (const { group, text } of order) result += group.write(text, values, labels)
    for (const { group, text } of last) result += group.write(text, values, labels)
    return result
  }
}

function textOf(part: Part, values: readonly string[], labels: readonly string[]): string {
  if ('constant' in part) return part.constant
  if ('blank' in part) return labels[part.blank]!
  const value = values[part.slot]!
  return part.before + (part.before === '<' ? value : escapeLiteral(value)) + part.after
}

interface SubjectGroup {
  readonly subject: Part
  write(subject: string, values: readonly string[], labels: readonly string[]): string
}

function groupBySubject(quads: readonly QuadTemplate[]): SubjectGroup[] {
  return [...Map.groupBy(quads, ({ subject }) => JSON.stringify(subject)).values()].map((ofSubject) => {
    const subject = ofSubject[0]!.subject
    const write = planLines(ofSubject)
    const isConstant = 'constant' in subject && ofSubject.every(({ object }) => 'constant' in object)
    const known = isConstant ? write(subject.constant, [], []) : undefined
    return { subject, write: known === undefined ? write : () => known }
  })
}

/** Step 3 for the quads of one subject. */
function planLines(quads: readonly QuadTemplate[]): SubjectGroup['write'] {
  const byPredicate = [...Map.groupBy(quads, ({ predicate }) => predicate)]
  byPredicate.sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = byPredicate.map(([predicate, ofPredicate]) => ({
    middle: ` ${predicate} `,
    objects: ofPredicate.map(({ object }) => object),
  }))
  return (subject, values, labels) => {
    let result = ''
    for (const { middle, objects } of lines) {
      if (objects.length === 1) {
        result += `${subject}${middle}${textOf(objects[0]!, values, labels)} .\n`
        continue
      }
      const ends = objects.map((object) => `${textOf(object, values, labels)} .\n`).sort()
      for (const [i, end] of ends.entries()) if (end !== ends[i - 1]) result += subject + middle + end
    }
    return result
  }
}

interface BlankNode {
  /** Its first-degree hash where no value changes it. */
  readonly known: string | undefined
  readonly mentions: readonly QuadTemplate[]
  /** `_:a` for the node itself and `_:z` for the others. */
  readonly masks: readonly string[]
}

function planBlankNodes(quads: readonly QuadTemplate[]): BlankNode[] {
  const numbers = new Set(quads.flatMap(({ subject, object }) => [subject, object]).flatMap(blankOf))
  return [...Array(numbers.size).keys()].map((number) => {
    const mentions = quads.filter((quad) => [quad.subject, quad.object].flatMap(blankOf).includes(number))
    const masks = [...Array(numbers.size).keys()].map((other) => (other === number ? '_:a' : '_:z'))
    const changes = mentions.some(({ subject, object }) => 'slot' in subject || 'slot' in object)
    return { mentions, masks, known: changes ? undefined : firstDegreeHash(mentions, masks, []) }
  })
}

function blankOf(part: Part): number[] {
  return 'blank' in part ? [part.blank] : []
}

/** Step 1. */
function firstDegreeHash(
  mentions: readonly QuadTemplate[],
  masks: readonly string[],
  values: readonly string[],
): string {
  const lines = mentions.map(
    ({ subject, predicate, object }) =>
      `${textOf(subject, values, masks)} ${predicate} ${textOf(object, values, masks)} .\n`,
  )
  const sorted = lines.sort()
  return hash('sha256', sorted.filter((line, i) => line !== sorted[i - 1] || isOfTwo(line)).join(''), 'hex')
}

/** Of quads that mention another blank node, equal lines can be different quads; others are one quad (step 4). */
function isOfTwo(line: string): boolean {
  return line.startsWith('_:z ') || line.endsWith(' _:z .\n')
}

/** Step 2. @returns undefined when two hashes are equal */
function labelsOf(blanks: readonly BlankNode[], values: readonly string[]): string[] | undefined {
  const hashes = blanks.map(({ known, mentions, masks }) => known ?? firstDegreeHash(mentions, masks, values))
  const labels: string[] = new Array(blanks.length)
  for (const [i, own] of hashes.entries()) {
    let place = 0
    for (const [j, other] of hashes.entries()) {
      if (other < own) place++
      else if (other === own && i !== j) return undefined
    }
    labels[i] = `_:c14n${place}`
  }
  return labels
}
