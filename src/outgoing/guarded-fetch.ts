import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, type Dispatcher, request } from 'undici'

const TIMEOUT_MS = 5000

/** Sockets to one server: it gets no more of them because many credentials name it. */
const SOCKETS = 4

/** The system asks for names in four threads, which files and compression need too. */
const LOOKUPS = 2

/** The fetch was refused or failed; says why in words for a log. */
export class FetchRefused extends Error {}

/** An answer as it came, its body whole. */
export interface FetchedAnswer {
  readonly bytes: Buffer
  /** By its name in lower case; several of one name are joined with a comma. */
  header(name: string): string | undefined
}

/**
 * Fetches a document of a stranger.
 * @param url an https URL; a fragment is not sent
 * @param wanted `accept`: media types, as in the header; `maxBytes`: no more are read
 * @throws FetchRefused
 */
export type GuardedFetch = (
  url: string,
  wanted: { accept: string; maxBytes: number },
) => Promise<FetchedAnswer>

/**
 * The only way out to addresses that a caller named (SSRF guard): https, no redirect, public addresses alone,
 * five seconds at most for everything together. The address is checked when the socket is opened, for literal
 * addresses too, so that a name that changes its answer between two questions gains nothing.
 * @param isAllowed which addresses may be reached: public ones, unless a test says otherwise
 * @param ca extra certificate authority, for a test's own server
 * @param lookup who is asked for the addresses of a name
 */
export function createGuardedFetch({
  isAllowed = isPublicAddress,
  ca,
  lookup = dnsLookup as LookupFunction,
}: {
  isAllowed?: (address: string) => boolean
  ca?: string
  lookup?: LookupFunction
} = {}): GuardedFetch {
  const agent = new Agent({
    connect: {
      lookup: guardedLookup(fewAtOnce(lookup), isAllowed),
      timeout: TIMEOUT_MS,
      ...(ca ? { ca } : {}),
    },
    connections: SOCKETS,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    allowH2: false,
  })
  return async (address, { accept, maxBytes }) => {
    const url = readUrl(address, isAllowed)
    try {
      const response = await request(url, {
        dispatcher: agent,
        headers: { accept },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return { bytes: await readBody(response, maxBytes), header: (name) => headerOf(response, name) }
    } catch (error) {
      if (error instanceof FetchRefused) throw error
      throw new FetchRefused(String((error as Error).message))
    }
  }
}

function readUrl(address: string, isAllowed: (address: string) => boolean): URL {
  if (!URL.canParse(address)) throw new FetchRefused('it is not a URL')
  const url = new URL(address)
  if (url.protocol !== 'https:') throw new FetchRefused(`${url.protocol} is not https:`)
  // A literal address is connected to without any look-up: it is checked here.
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(literal) && !isAllowed(literal))
    throw new FetchRefused(`${literal} is not a public address`)
  if (url.username || url.password) throw new FetchRefused('it names a user')
  return url
}

async function readBody(response: Dispatcher.ResponseData, maxBytes: number): Promise<Buffer> {
  const { statusCode, body } = response
  const encoding = headerOf(response, 'content-encoding') ?? 'identity'
  const length = Number(headerOf(response, 'content-length') ?? 0)
  // Redirects are answers like any other that is not 200. Nothing is decompressed: a few bytes could be very many.
  let why: string | undefined
  if (statusCode !== 200) why = `the answer was ${statusCode}`
  else if (encoding !== 'identity') why = 'the answer is compressed'
  else if (length > maxBytes) why = `the answer has more than ${maxBytes} bytes`
  const chunks: Buffer[] = []
  let read = 0
  for await (const chunk of body) {
    read += chunk.length
    if (read > maxBytes) why ??= `the answer has more than ${maxBytes} bytes`
    if (why) break
    chunks.push(chunk)
  }
  if (why) throw new FetchRefused(why)
  return Buffer.concat(chunks)
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/** All that IANA gives out of IPv6: the rest, such as `::127.0.0.1`, leads nowhere or home. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

/** Is it a unicast address of the public Internet? Mapped, translated and reserved ones are not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST))
}

/** A name whose servers are silent keeps a thread for long: others wait, and give up when their time is over. */
function fewAtOnce(lookup: LookupFunction): LookupFunction {
  const waiting: (() => void)[] = []
  let running = 0
  const next = () => {
    if (running >= LOOKUPS) return
    const start = waiting.shift()
    if (!start) return
    running++
    start()
  }
  return (hostname, options, callback) => {
    waiting.push(() =>
      lookup(hostname, options, (...answer) => {
        running--
        next()
        callback(...answer)
      }),
    )
    next()
  }
}

/** DNS, with every answer checked: one forbidden address refuses the name. */
function guardedLookup(lookup: LookupFunction, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0)
      const addresses = found as unknown as LookupAddress[]
      const refused = addresses.find(({ address }) => !isAllowed(address))
      if (refused)
        return callback(
          new FetchRefused(`${hostname} leads to ${refused.address}, which is not public`),
          '',
          0,
        )
      if (options.all) return callback(null, addresses)
      callback(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
}
