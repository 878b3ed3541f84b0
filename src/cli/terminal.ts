import type { ClientConfig } from '../config.ts'
import { type Language, type Params, say, type Text } from '../messages.ts'
import { TOLD } from './messages.ts'

/** Where the command writes: colours and a bar on a terminal, plain lines elsewhere. */
export interface Terminal {
  readonly language: Language
  readonly isLive: boolean
  /** How many characters a line has room for; elsewhere than on a terminal it has no end. */
  readonly width: number
  /** A line of what goes well, on the standard output. */
  line(text: string): void
  tell(text: Text, params?: Params): void
  /** A line of what does not, on the standard error. */
  complain(text: string): void
  /** Draws over the last line, on a terminal only. */
  draw(text: string): void
  paint(colour: Colour, text: string): string
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const
type Colour = keyof typeof CODES

export function createTerminal({ canDraw, language }: ClientConfig): Terminal {
  const isLive = canDraw && process.stdout.isTTY === true
  // A reader that is gone changes nothing of what happens at the service, nor of the exit status.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  const fresh = isLive ? '\r\x1b[K' : ''
  const line = (text: string) => void process.stdout.write(`${fresh}${text}\n`)
  return {
    language,
    isLive,
    width: (isLive && process.stdout.columns) || Number.POSITIVE_INFINITY,
    line,
    tell: (text, params) => line(say(text, language, params)),
    complain: (text) => {
      process.stdout.write(fresh)
      process.stderr.write(`${text}\n`)
    },
    draw: (text) => void process.stdout.write(`${fresh}${text}`),
    paint: (colour, text) => (isLive ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text),
  }
}

/** Text from elsewhere, without what would steer a terminal or reverse a line. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
}

/** French sets a space before it, at which the line must not break. */
export function colon(text: string, language: Language): string {
  return language === 'fr' ? `${text}\u00a0:` : `${text}:`
}

const BAR_WIDTH = 30

/** A bar that grows in place; elsewhere than on a terminal a line for every tenth. */
export function createProgress(terminal: Terminal, total: number) {
  const { language, paint } = terminal
  const number = new Intl.NumberFormat(language)
  const label = say(TOLD.issuing, language)
  let toldTenth = 0
  return (done: number) => {
    const figures = `${number.format(done)}/${number.format(total)}`
    const tenth = Math.floor((done / total) * 10)
    const isNews = tenth > toldTenth
    toldTenth = Math.max(tenth, toldTenth)
    if (!terminal.isLive) {
      if (isNews) terminal.line(`${label} ${figures}`)
      return
    }
    const filled = Math.round((done / total) * BAR_WIDTH)
    const bar = paint('green', '█'.repeat(filled)) + paint('dim', '░'.repeat(BAR_WIDTH - filled))
    const text = `${label} ${bar} ${figures}`
    if (done < total) terminal.draw(text)
    else if (isNews) terminal.line(text)
  }
}
