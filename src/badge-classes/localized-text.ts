import { type Static, Type } from 'typebox'
import { Text } from '../fields.ts'
import type { Language } from '../messages.ts'

/** One text, or one for each of several languages: `{"fr": "…", "en": "…"}`. */
export const Texts = (maxLength: number, examples: string[] = []) =>
  Type.Union([
    Text(maxLength, examples),
    Type.Record(Type.String({ pattern: '^[a-z]{2,3}(-[A-Z]{2})?$' }), Text(maxLength), {
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 20,
    }),
  ])
/** See `Texts`. */
export type LocalizedText = Static<ReturnType<typeof Texts>>

/**
 * The text in a language, or else in the same language of another country, in `fallback`, in French, in English,
 * in any.
 */
export function textIn(text: LocalizedText, language: string, fallback = 'fr'): string {
  if (typeof text === 'string') return text
  for (const wanted of [language, fallback, 'fr', 'en']) {
    const found = text[wanted] ?? text[baseOf(wanted)] ?? inOtherCountry(text, wanted)
    if (found !== undefined) return found
  }
  return Object.values(text)[0]!
}

/** `fr` of `fr-BE`. */
export function baseOf(language: string): string {
  return language.split('-')[0]!
}

/** In which of our two languages those of a badge class are written to: French, unless it is in English. */
export function ourLanguage(language: string | undefined): Language {
  return baseOf(language ?? 'fr') === 'en' ? 'en' : 'fr'
}

function inOtherCountry(texts: Record<string, string>, language: string): string | undefined {
  return Object.entries(texts).find(([tag]) => baseOf(tag) === baseOf(language))?.[1]
}
