/**
 * Sets French text: it keeps a space before some signs, and inside quotation marks, at which no line may break.
 * @param value a text, or texts in members and results of functions at any depth
 */
export function typeset<V>(value: V): V {
  if (typeof value === 'string') return setText(value) as V
  if (typeof value === 'function') return ((...values: unknown[]) => typeset(value(...values))) as V
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, typeset(member)])) as V
}

function setText(text: string): string {
  return text.replace(/ ([:;!?»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0')
}
