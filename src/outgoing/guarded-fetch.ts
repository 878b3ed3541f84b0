import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, request } from 'undici'

const MAX_BYTES = 64 * 1024
const TIMEOUT_MS = 5000

/** The fetch was refused or failed; says why in words for a log. */
export class FetchRefused extends Error {}

/** Fetches a JSON document of a stranger. @throws FetchRefused */
export type FetchDocument = (url: string) => Promise<unknown>

/**
 * The only way out to addresses that a caller named (SSRF guard): https, no redirect, public addresses alone,
 * 64 KB and 5 seconds at most. The address is checked when the socket is opened, for literal addresses too,
 * so that a name that changes its answer between two questions gains nothing.
 * @param isAllowed which addresses may be reached: public ones, unless a test says otherwise
 * @param ca extra certificate authority, for a test's own server
 */
export function createGuardedFetch({
  isAllowed = isPublicAddress,
  ca,
}: {
  isAllowed?: (address: string) => boolean
  ca?: string
} = {}): FetchDocument {
  const agent = new Agent({
    connect: { lookup: guardedLookup(isAllowed), timeout: TIMEOUT_MS, ...(ca ? { ca } : {}) },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: MAX_BYTES,
  })
  return async (address) => {
    const url = new URL(address)
    if (url.protocol !== 'https:') throw new FetchRefused(`${url.protocol} is not https:`)
    // A literal address is connected to without any look-up: it is checked here.
    const literal = url.hostname.replace(/^\[|\]$/g, '')
    if (ipaddr.isValid(literal) && !isAllowed(literal))
      throw new FetchRefused(`${literal} is not a public address`)
    try {
      const response = await request(url, {
        dispatcher: agent,
        headers: { accept: 'application/did+json, application/json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      // Redirects are answers like any other that is not 200.
      if (response.statusCode !== 200) {
        await response.body.dump()
        throw new FetchRefused(`the answer was ${response.statusCode}`)
      }
      return JSON.parse(await response.body.text())
    } catch (error) {
      if (error instanceof FetchRefused) throw error
      throw new FetchRefused(String((error as Error).message))
    }
  }
}

/** All that IANA gives out of IPv6: the rest, such as `::127.0.0.1`, leads nowhere or home. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

/** Is it a unicast address of the public Internet? Mapped, translated and reserved ones are not. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST))
}

/** DNS, with every answer checked: one forbidden address refuses the name. */
function guardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0)
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
