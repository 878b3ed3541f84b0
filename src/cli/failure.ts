import { type Language, type Params, say, type Text } from '../messages.ts'

/** Why the command cannot go on: a sentence for people, and what belongs to it. */
export class Failure extends Error {
  readonly text: Text
  readonly params: Params
  readonly details: readonly string[]
  constructor(text: Text, params: Params = {}, details: readonly string[] = []) {
    super(say(text, 'en', params))
    this.text = text
    this.params = params
    this.details = details
  }

  linesIn(language: Language): string[] {
    return [say(this.text, language, this.params), ...this.details.map((detail) => `  ${detail}`)]
  }
}
