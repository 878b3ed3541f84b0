import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import type { Language } from './messages.ts'

/** Everything that can be set from outside, read once at start, checked and frozen. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Origin under which the world sees the service; every id, DID and link derives from it. No trailing slash. */
  readonly publicUrl: string
  /** PostgreSQL connection string; absent means the embedded database in `dataDir`. */
  readonly databaseUrl?: string
  readonly dataDir: string
  /** Absent only on the embedded database, where a file in `dataDir` holds it. */
  readonly operatorKey?: string
  /** 32 bytes, base64. Absent only on the embedded database, where a file in `dataDir` holds it. */
  readonly masterKey?: string
  readonly storageUrl: string
  /** The mail server, `smtp://` or `smtps://`; absent: mails stay in the outbox, which says so. */
  readonly smtpUrl?: string
  /** The sender of every mail; present where `smtpUrl` is. */
  readonly mailFrom?: string
  /** A clamd that looks at evidence: `tcp://host:port` or `unix:/path`. */
  readonly scannerUrl?: string
  readonly logLevel: string
  /** How many proxies stand in front, or their addresses: what is in X-Forwarded-For counts from the right. */
  readonly trustProxy: false | number | string[]
  /** Requests a minute and address: writes without a key, new drafts, what wallets send, verifications, and wrong keys. */
  readonly rateLimits: {
    readonly publicWrites: number
    readonly drafts: number
    readonly wallets: number
    readonly verifications: number
    readonly failedKeys: number
  }
  /** Threads that sign the credentials of batches. */
  readonly workers: number
  /** One of so many new credentials is verified with the unmodified library before it is stored. */
  readonly selfCheckEvery: number
  /** May a verification fetch what strangers publish: DID documents, keys, status lists? */
  readonly fetchForeign: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** Names every mistake of the environment at once. */
export class ConfigError extends Error {
  readonly mistakes: string[]
  constructor(mistakes: string[]) {
    super(
      `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.map((m) => `  - ${m}`).join('\n')}`,
    )
    this.mistakes = mistakes
  }
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/**
 * Reads the environment.
 * @throws ConfigError that lists every mistake.
 */
export function readConfig(env: Environment = process.env): Config {
  const mistakes: string[] = []
  const text = (name: string) => env[name]?.trim() || undefined
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name)
    if (value === undefined) return fallback
    if (/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value)
    mistakes.push(`${name} must be a whole number from ${min} to ${max}, not "${value}"`)
    return fallback
  }
  const yesNo = (name: string, fallback: boolean): boolean => {
    const value = text(name) ?? String(fallback)
    if (value !== 'true' && value !== 'false') mistakes.push(`${name} must be true or false, not "${value}"`)
    return value === 'true'
  }

  const port = integer('PORT', 3000, 0, 65_535)
  const dataDir = resolve(text('DATA_DIR') ?? './data')
  const databaseUrl = text('DATABASE_URL')
  const operatorKey = text('OPERATOR_KEY')
  const masterKey = text('MASTER_KEY')
  const storageUrl = text('STORAGE_URL') ?? `file:${resolve(dataDir, 'files')}`
  const smtpUrl = text('SMTP_URL')
  const mailFrom = text('MAIL_FROM')
  const scannerUrl = text('SCANNER_URL')
  const logLevel = text('LOG_LEVEL') ?? 'info'

  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    mistakes.push('DATABASE_URL must start with postgres:// or postgresql://')
  }
  if (databaseUrl && !operatorKey) mistakes.push('OPERATOR_KEY is required when DATABASE_URL is set')
  if (databaseUrl && !masterKey) mistakes.push('MASTER_KEY is required when DATABASE_URL is set')
  if (operatorKey && operatorKey.length < 32) mistakes.push('OPERATOR_KEY must have 32 characters or more')
  if (masterKey && !isMasterKey(masterKey)) mistakes.push('MASTER_KEY must be 32 bytes in base64')
  if (!/^(file:|s3:\/\/)/.test(storageUrl)) mistakes.push('STORAGE_URL must start with file: or s3://')
  if (smtpUrl && !/^smtps?:\/\//.test(smtpUrl)) mistakes.push('SMTP_URL must start with smtp:// or smtps://')
  if (smtpUrl && !mailFrom) mistakes.push('MAIL_FROM is required when SMTP_URL is set')
  if (mailFrom && !/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(mailFrom)) {
    mistakes.push('MAIL_FROM must be an address, such as Badges <badges@example.org>')
  }
  if (scannerUrl && !/^(tcp:\/\/[^/]+:\d+|unix:\/.+)$/.test(scannerUrl)) {
    mistakes.push('SCANNER_URL must be tcp://host:port or unix:/path')
  }
  if (!LOG_LEVELS.includes(logLevel)) mistakes.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`)

  const config: Config = Object.freeze({
    host: text('HOST') ?? '127.0.0.1',
    port,
    publicUrl: readOrigin(text('PUBLIC_URL') ?? `http://localhost:${port}`, mistakes),
    ...(databaseUrl ? { databaseUrl } : {}),
    dataDir,
    ...(operatorKey ? { operatorKey } : {}),
    ...(masterKey ? { masterKey } : {}),
    storageUrl,
    ...(smtpUrl ? { smtpUrl } : {}),
    ...(mailFrom ? { mailFrom } : {}),
    ...(scannerUrl ? { scannerUrl } : {}),
    logLevel,
    trustProxy: readTrustProxy(text('TRUST_PROXY'), mistakes),
    rateLimits: Object.freeze({
      publicWrites: integer('RATE_LIMIT_PUBLIC_WRITES', 600, 1, 1_000_000),
      drafts: integer('RATE_LIMIT_DRAFTS', 30, 1, 1_000_000),
      // A whole school or training centre can collect from behind one address.
      wallets: integer('RATE_LIMIT_WALLETS', 10_000, 1, 1_000_000),
      // A gate at an event, or a recruiter's system, verifies from one address.
      verifications: integer('RATE_LIMIT_VERIFICATIONS', 3000, 1, 1_000_000),
      failedKeys: integer('RATE_LIMIT_FAILED_KEYS', 100, 1, 1_000_000),
    }),
    workers: integer('WORKERS', Math.max(1, availableParallelism() - 1), 1, 64),
    selfCheckEvery: integer('SELF_CHECK_EVERY', 1000, 0, 1_000_000),
    fetchForeign: yesNo('FETCH_FOREIGN', true),
  })
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

/** What the command line takes from its environment where it is not told. */
export interface ClientConfig {
  /** Where the service is. */
  readonly url?: string
  readonly key?: string
  readonly language: Language
  /** May a terminal be drawn upon (https://no-color.org)? */
  readonly canDraw: boolean
}

export function readClientConfig(env: Environment = process.env): ClientConfig {
  const url = env.ECUSSON_URL?.trim()
  const key = env.ECUSSON_KEY?.trim()
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return {
    ...(url ? { url } : {}),
    ...(key ? { key } : {}),
    language: locale.startsWith('fr') ? 'fr' : 'en',
    canDraw: !env.NO_COLOR && env.TERM !== 'dumb',
  }
}

/** Is it 32 bytes in base64? */
export function isMasterKey(value: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(value) && Buffer.from(value, 'base64').length === 32
}

function readTrustProxy(value = 'false', mistakes: string[]): Config['trustProxy'] {
  if (value === 'false' || value === '0') return false
  if (value === 'true') return 1
  if (/^[1-9]$/.test(value)) return Number(value)
  const addresses = value.split(',').map((address) => address.trim())
  const isAddress = (text: string) => ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
  if (addresses.every((address) => isAddress(address) || ipaddr.isValidCIDR(address))) return addresses
  mistakes.push(`TRUST_PROXY must be a number of proxies (1 to 9) or their addresses, not "${value}"`)
  return false
}

function readOrigin(value: string, mistakes: string[]): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href
  if (isOrigin) return url.origin
  mistakes.push(`PUBLIC_URL must be an origin such as https://badges.example.org, not "${value}"`)
  return value
}
