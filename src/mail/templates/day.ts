import type { Language } from '../../messages.ts'

/** A day in words, where most readers are: 21 décembre 2026. */
export function dayIn(language: Language, time: string): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Europe/Paris' })
  const day = format.format(new Date(time))
  // The first of a month is an ordinal in French, which Intl does not know.
  return language === 'fr' ? day.replace(/^1 /, '1er ') : day
}
