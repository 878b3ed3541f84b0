import jsonld from 'jsonld'
import { loadContext } from '../contexts.ts'
import type { Json } from '../credential.ts'
import type { Part, QuadTemplate } from './canonical.ts'
import { fillDocument, type Layout, type SlotKind } from './layout.ts'
import { around, escapeLiteral, type Quad, type Term } from './terms.ts'

/** A document cannot be compiled: it is signed the library's way. */
export class NotCompilable extends Error {}

/** Values for every slot, each its own; `round` makes another set of them. */
export function probeValues({ slots }: Layout, round: 0 | 1): string[] {
  const make: Record<SlotKind, (i: number) => string> = {
    iri: (i) => (round === 0 ? `https://probe.invalid/${i}/` : `did:probe:${i}:end`),
    dateTime: (i) => new Date(Date.UTC(2001 + round, 0, 1, 0, 0, i)).toISOString().replace('.000', ''),
    text: (i) => (round === 0 ? `probe ${i}.` : `Épreuve « ${i} » "\\\n`),
  }
  return slots.map(({ kind }, i) => make[kind](i))
}

/**
 * The RDF dataset of a layout, with the slots where their values came out.
 * @throws NotCompilable when a value is not in the dataset, where it would be unsigned, or is there as a part of
 * something else
 */
export async function probeDataset(layout: Layout): Promise<QuadTemplate[]> {
  const probes = probeValues(layout, 0)
  const places = new Map(probes.map((probe, i) => [probe, i]))
  const found = new Set<number>()
  const blanks = new Map<string, number>()

  const partOf = (term: Term): Part => {
    if (term.termType === 'BlankNode') {
      const blank = blanks.get(term.value) ?? blanks.size
      blanks.set(term.value, blank)
      return { blank }
    }
    const [before, after] = around(term)
    const slot = places.get(term.value)
    const isText = slot !== undefined && layout.slots[slot]!.kind !== 'iri'
    if (slot !== undefined && !(isText && term.termType === 'NamedNode')) {
      found.add(slot)
      return { slot, before, after }
    }
    if (probes.some((probe) => term.value.includes(probe)))
      throw new NotCompilable('a value is a part of a term')
    return {
      constant: before + (term.termType === 'Literal' ? escapeLiteral(term.value) : term.value) + after,
    }
  }
  const templateOf = (quad: Quad): QuadTemplate => {
    if (quad.graph.termType !== 'DefaultGraph') throw new NotCompilable('it has named graphs')
    // A language or a direction belongs to the layout, and no layout of ours has one.
    if (quad.object.language) throw new NotCompilable('it has texts with a language')
    const predicate = partOf(quad.predicate)
    if (!('constant' in predicate)) throw new NotCompilable('a value is a predicate')
    return { subject: partOf(quad.subject), predicate: predicate.constant, object: partOf(quad.object) }
  }

  const quads = (await toRdf(fillDocument(layout, probes))).map(templateOf)
  const unsigned = layout.slots.findIndex((_, i) => !found.has(i))
  if (unsigned >= 0)
    throw new NotCompilable(`${layout.slots[unsigned]!.path.join('/')} does not reach the RDF dataset`)
  return quads
}

async function toRdf(document: Json): Promise<Quad[]> {
  try {
    return (await jsonld.toRDF(document, { documentLoader: loadContext, base: null, safe: true })) as Quad[]
  } catch (error) {
    // A word where only a word of the context can stand; or the document is at fault, as the library will tell.
    throw new NotCompilable('JSON-LD refuses it with other values', { cause: error })
  }
}
