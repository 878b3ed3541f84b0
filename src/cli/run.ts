import type { ClientConfig } from '../config.ts'
import { say } from '../messages.ts'
import { languageAsked, readArguments } from './arguments.ts'
import { Failure } from './failure.ts'
import { issueList } from './issue.ts'
import { FAILURES } from './messages.ts'
import { createTerminal } from './terminal.ts'
import { USAGE } from './usage.ts'

/** Runs one command. @returns the exit status */
export async function runCommand(argv: readonly string[], environment: ClientConfig): Promise<number> {
  const language = languageAsked(argv, environment.language)
  const config = { ...environment, language }
  const terminal = createTerminal(config)
  try {
    const options = readArguments(argv, config)
    if (options) return await issueList(options, terminal)
    terminal.line(say(USAGE, language))
    return 0
  } catch (error) {
    const failure =
      error instanceof Failure ? error : new Failure(FAILURES.unexpected, { why: (error as Error).message })
    for (const line of failure.linesIn(language)) terminal.complain(line)
    return 2
  }
}
