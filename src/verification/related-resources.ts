import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import type { Fault } from '../errors.ts'
import { CREDENTIALS_V2 } from '../vc/contexts.ts'
import type { Json } from '../vc/credential.ts'
import { fromBase58 } from '../vc/keys.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type CheckStep, failed, passed, warning } from './check.ts'
import { fetchForeign } from './fetch-foreign.ts'

/** More are not looked up: each is a fetch. */
const MAX_FETCHED = 5
const WANTED = { accept: '*/*', maxBytes: 1024 * 1024 }

/**
 * The digests that W3C published for the base context, with the Recommendation (VCDM 2.0, appendix B.1) and with the
 * Candidate Recommendation before it. The context itself is never fetched.
 */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  [CREDENTIALS_V2]: [
    '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
    '97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614',
    '24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9',
    '35239c36999d2155312091af194a1edb61634d6ad789a5e5b19f2aebdd762dd9d1dcaada40eda7ef921c6b8c0ae107a0',
  ],
}

/** What is known of one related resource. */
type Match = 'matches' | 'differs' | 'not-known'

/** VCDM 2.0, section 5.3 (Integrity of Related Resources): every digest must be that of the resource. */
export const checkRelatedResources: CheckStep = async (ctx, { credential }) => {
  const resources = listOf(credential.relatedResource).filter(isObject)
  if (resources.length === 0) return passed('resources-none')
  const matches = await Promise.all(resources.map((one, i) => matchOf(ctx, one, i)))
  const differs = matches.indexOf('differs')
  if (differs >= 0) return failed('resources-differ', { url: textOf(resources[differs]!.id).slice(0, 200) })
  return matches.includes('not-known') ? warning('resources-not-known') : passed('resources-ok')
}

/** The same, as faults of a credential that is to be signed. */
export async function relatedResourceFaults(ctx: Context, credential: Json): Promise<Fault[]> {
  const resources = listOf(credential.relatedResource).filter(isObject)
  const matches = await Promise.all(resources.map((one, i) => matchOf(ctx, one, i)))
  const at = (i: number) =>
    Array.isArray(credential.relatedResource) ? `/relatedResource/${i}` : '/relatedResource'
  return matches.flatMap((match, i) =>
    match === 'differs' ? [{ path: at(i), code: 'resource-digest' as const }] : [],
  )
}

async function matchOf(ctx: Context, resource: Json, position: number): Promise<Match> {
  const url = textOf(resource.id)
  const digests = digestsOf(resource)
  const published = PUBLISHED[url]
  if (published) return digests.every(({ hex }) => published.includes(hex)) ? 'matches' : 'differs'
  const fetched = position < MAX_FETCHED ? await fetchForeign(ctx, url, WANTED) : undefined
  if (!fetched) return 'not-known'
  const isOf = ({ algorithm, hex }: Digest) =>
    algorithm !== undefined && createHash(algorithm).update(fetched.bytes).digest('hex') === hex
  return digests.every(isOf) ? 'matches' : 'differs'
}

interface Digest {
  /** undefined: of a kind that nothing can match. */
  readonly algorithm: string | undefined
  readonly hex: string
}

function digestsOf({ digestSRI, digestMultibase }: Json): Digest[] {
  const sri = listOf(digestSRI).flatMap((one) => textOf(one).trim().split(/\s+/))
  return [...sri.map(readSri), ...listOf(digestMultibase).map((one) => readMultibase(textOf(one)))]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Subresource Integrity, section 3.5: algorithm, hyphen, base64. */
function readSri(text: string): Digest {
  const [, algorithm, base64] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/=]+)/.exec(text) ?? []
  return { algorithm, hex: Buffer.from(base64 ?? '', 'base64').toString('hex') }
}

/** Multihash codes (multiformats registry) by algorithm. */
const MULTIHASH: Readonly<Record<string, string>> = { '1220': 'sha256', '1340': 'sha512', '2030': 'sha384' }
const BY_LENGTH: Readonly<Record<number, string>> = { 64: 'sha256', 96: 'sha384', 128: 'sha512' }

/** Controlled Identifiers 1.0, sections 2.4 and 2.5: base64url or base58-btc of a multihash, or of a bare digest. */
function readMultibase(text: string): Digest {
  const hex = decodeMultibase(text).toString('hex')
  const named = MULTIHASH[hex.slice(0, 4)]
  return named && hex.length !== 64
    ? { algorithm: named, hex: hex.slice(4) }
    : { algorithm: BY_LENGTH[hex.length], hex }
}

function decodeMultibase(text: string): Buffer {
  if (/^u[\w-]+$/.test(text)) return Buffer.from(text.slice(1), 'base64url')
  try {
    return fromBase58(text)
  } catch {
    return Buffer.alloc(0)
  }
}
