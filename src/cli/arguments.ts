import { parseArgs } from 'node:util'
import type { ClientConfig } from '../config.ts'
import { type Language, type Params, say } from '../messages.ts'
import { Failure } from './failure.ts'
import { FAILURES, FAULTS } from './messages.ts'

/** What `ecusson issue` was asked to do. */
export interface IssueOptions {
  readonly file: string
  /** Slug or id. */
  readonly badge: string
  readonly issuer?: string
  /** The service's origin, without a slash at its end. */
  readonly url: string
  readonly key?: string
  readonly keyFile?: string
  /** The options of the batch, as the service's query has them. */
  readonly query: Readonly<Record<string, string>>
  readonly isDryRun: boolean
  readonly report?: string
}

const TEXT = { type: 'string' } as const
const FLAG = { type: 'boolean' } as const

/** Options that the service knows, under the names that its query has for them. */
const EVENT = {
  'event-name': 'eventName',
  'event-date': 'eventDate',
  'event-start': 'eventStartDate',
  'event-end': 'eventEndDate',
  'event-place': 'eventPlace',
  'event-url': 'eventUrl',
} as const

const OPTIONS = {
  ...{ badge: TEXT, issuer: TEXT, url: TEXT, key: TEXT, 'key-file': TEXT, report: TEXT, lang: TEXT },
  ...{ 'event-name': TEXT, 'event-date': TEXT, 'event-start': TEXT, 'event-end': TEXT },
  ...{ 'event-place': TEXT, 'event-url': TEXT },
  ...{ 'disclose-name': FLAG, 'no-mail': FLAG, 'dry-run': FLAG, help: { ...FLAG, short: 'h' } },
} as const

const LANGUAGES: readonly string[] = ['en', 'fr']

const parse = (argv: readonly string[]) =>
  parseArgs({ args: [...argv], options: OPTIONS, strict: false, allowPositionals: true, tokens: true })

/** The language in which to answer, mistakes included. */
export function languageAsked(argv: readonly string[], otherwise: Language): Language {
  const { lang } = parse(argv).values
  return LANGUAGES.includes(String(lang)) ? (lang as Language) : otherwise
}

/**
 * Reads the command line.
 * @returns undefined when help is asked for
 * @throws Failure that lists every mistake
 */
export function readArguments(argv: readonly string[], config: ClientConfig): IssueOptions | undefined {
  const { values, positionals, tokens } = parse(argv)
  if (values.help) return undefined
  const [command, file, another] = positionals
  if (argv.length === 0) throw new Failure(FAILURES['no-command'])

  const mistakes: string[] = []
  const mistake = (code: keyof typeof FAULTS, params: Params = {}) =>
    void mistakes.push(say(FAULTS[code], config.language, params))
  if (command !== 'issue') mistake('unknown-command', { command: command ?? '' })
  for (const token of tokens) if (token.kind === 'option') checkOption(token, mistake)
  if (mistakes.length === 0) {
    if (file === undefined) mistake('no-list')
    if (another !== undefined) mistake('one-list', { file: another })
  }
  const text = (name: keyof typeof OPTIONS) => (typeof values[name] === 'string' ? values[name] : undefined)
  const url = text('url') ?? config.url
  if (!values.badge) mistake('no-badge')
  if (!url) mistake('no-url')
  else if (!isOrigin(url)) mistake('bad-url', { url })
  const hasKey = Boolean(values.key || values['key-file'] || config.key)
  if (!hasKey) mistake('no-key')
  if (values.lang !== undefined && !LANGUAGES.includes(String(values.lang))) mistake('lang')
  if (mistakes.length > 0) throw new Failure(FAILURES.arguments, {}, mistakes)

  const key = text('key') ?? (text('key-file') === undefined ? config.key : undefined)
  return {
    file: file!,
    badge: text('badge')!,
    url: new URL(url!).origin,
    ...defined({ issuer: text('issuer'), key, keyFile: text('key-file'), report: text('report') }),
    query: {
      ...defined(
        Object.fromEntries(Object.entries(EVENT).map(([name, query]) => [query, text(name as never)])),
      ),
      ...(values['disclose-name'] ? { discloseName: 'true' } : {}),
      ...(values['no-mail'] ? { notify: 'false' } : {}),
    },
    isDryRun: values['dry-run'] === true,
  }
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function checkOption(
  { name, rawName, value, inlineValue }: OptionToken,
  mistake: (code: keyof typeof FAULTS, params: Params) => void,
): void {
  const known = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof typeof OPTIONS] : undefined
  // Only its name: a mistyped option can hold the key.
  const option = rawName
  if (!known) mistake('unknown-option', { option })
  else if (known.type === 'boolean' && value !== undefined) mistake('extra-value', { option })
  else if (known.type === 'string' && (!value || (!inlineValue && value.startsWith('--'))))
    mistake('no-value', { option })
}

/** The service's words for a batch's options, in the words of the command line. */
export function inOptions(text: string): string {
  return Object.entries(EVENT).reduce(
    (told, [option, name]) => told.replaceAll(new RegExp(`/?\\b${name}\\b`, 'g'), `--${option}`),
    text,
  )
}

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(values))
}
