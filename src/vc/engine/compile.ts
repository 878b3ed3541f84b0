import { canonicalize } from '../verify-proof.ts'
import { walletJson } from '../wallet-json.ts'
import { type Canonicalize, planCanonicalization } from './canonical.ts'
import { fillDocument, type Layout } from './layout.ts'
import { NotCompilable, probeDataset, probeValues } from './probe.ts'
import { fits } from './terms.ts'

/** What is worked out once for all documents of a layout. */
export interface Shape {
  readonly layout: Layout
  /** Canonical N-Quads (UTF-8) of the document with these values; undefined: ask the library. */
  readonly canonicalize: Canonicalize
  /** The document with these values as JSON, open at its end for the proof: no closing brace. */
  writeJson(values: readonly string[]): string
}

/**
 * Compiles a layout: expands its JSON-LD once, for all documents that differ in the values of the slots alone.
 * Two sets of values are held against the direct path.
 * @throws NotCompilable when a value would not be signed, or the outcomes differ
 */
export async function compileShape(layout: Layout): Promise<Shape> {
  const plan = planCanonicalization(await probeDataset(layout))
  for (const round of [0, 1] as const) {
    const values = probeValues(layout, round)
    if (plan(values)?.toString() !== (await canonicalize(fillDocument(layout, values))))
      throw new NotCompilable('the direct path gives another dataset')
  }
  const { slots } = layout
  return {
    layout,
    canonicalize: (values) =>
      slots.every(({ kind }, i) => fits(kind, values[i]!)) ? plan(values) : undefined,
    writeJson: planJson(layout),
  }
}

/** The JSON of the document, cut at its slots. */
function planJson(layout: Layout): Shape['writeJson'] {
  const probes = probeValues(layout, 0)
  const text = walletJson(fillDocument(layout, probes))
  const cuts = probes.map((probe, slot) => ({ slot, token: walletJson(probe), at: 0 }))
  for (const cut of cuts) cut.at = text.indexOf(cut.token)
  cuts.sort((a, b) => a.at - b.at)
  const constants = cuts.map(({ at }, i) =>
    text.slice(i === 0 ? 0 : cuts[i - 1]!.at + cuts[i - 1]!.token.length, at),
  )
  const last = cuts.at(-1)
  const end = text.slice(last ? last.at + last.token.length : 0, -1)
  return (values) => {
    let json = ''
    for (let i = 0; i < cuts.length; i++) json += constants[i] + walletJson(values[cuts[i]!.slot]!)
    return json + end
  }
}
