import { Type } from 'typebox'
import { Closed, Line } from '../fields.ts'
import { type LocalizedText, Texts } from './localized-text.ts'

/** What can be chosen: a word that is its own label, or an id with a label. */
export const Option = Type.Union([
  Line(300, ['Bordeaux']),
  Closed({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), label: Texts(300) }),
])

/** The options of a question, each with what is answered by it and what is shown. */
export function optionsOf({
  options = [],
}: {
  options?: (string | { id: string; label: LocalizedText })[]
}): { id: string; label: LocalizedText }[] {
  return options.map((option) => (typeof option === 'string' ? { id: option, label: option } : option))
}
