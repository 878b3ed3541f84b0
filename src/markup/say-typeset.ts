import { type Language, type Params, say, type Text } from '../messages.ts'
import { typeset } from './typeset.ts'

/** A message in the reader's language, set as French is set; what fills its placeholders stays as it is. */
export function sayTypeset(text: Text, language: Language, params: Params = {}): string {
  return say(language === 'fr' ? { en: text.en, fr: typeset(text.fr) } : text, language, params)
}
