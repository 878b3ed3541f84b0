import { type Language, type Params, say, type Text } from '../messages.ts'
import { CAUSES } from './messages.ts'

/** Why the command cannot go on: a sentence for people, and what belongs to it. */
export class Failure extends Error {
  readonly text: Text
  readonly params: Params
  readonly details: readonly string[]
  constructor(text: Text, params: Params = {}, details: readonly string[] = []) {
    super(sayCause(text, 'en', params))
    this.text = text
    this.params = params
    this.details = details
  }

  linesIn(language: Language): string[] {
    return [sayCause(this.text, language, this.params), ...this.details.map((detail) => `  ${detail}`)]
  }
}

/** Says a text whose `why` may be a code of the system, which is put into words. */
export function sayCause(text: Text, language: Language, params: Params): string {
  const cause = CAUSES[String(params.why)]
  return say(text, language, cause ? { ...params, why: say(cause, language) } : params)
}
