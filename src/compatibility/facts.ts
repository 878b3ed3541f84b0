import ipaddr from 'ipaddr.js'
import type { BadgeClassAtVersion } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { didDocumentOf } from '../issuers/did-document.ts'
import type { IssuerRow } from '../issuers/queries.ts'
import { activeKey, NoSigningKey } from '../keys/active-key.ts'
import { listPublishedKeys } from '../keys/queries.ts'
import type { Storage } from '../storage/storage.ts'
import type { KeyAlgorithm } from '../vc/keys.ts'
import { hasTooManyParts, makeSamples, type Sample } from './samples.ts'

/** How far the address of the service reaches: `local` is of this machine or network, `http` has no TLS. */
type Reach = 'public' | 'http' | 'local'

interface ImageFacts {
  readonly kind: 'png' | 'svg'
  /** In bytes, as it was given. */
  readonly bytes: number
  /** In pixels; of the PNG that was drawn from it, for an SVG. */
  readonly width: number
  readonly height: number
}

/** All about a badge that decides whether a wallet keeps it, as it is at this moment. */
export interface BadgeFacts {
  readonly badge: BadgeClassAtVersion
  readonly issuer: Pick<IssuerRow, 'didMethod' | 'proofSuite'>
  readonly origin: string
  readonly reach: Reach
  /** Its host is an IP address, which no did:web can name (did:web method specification, section 3.1). */
  readonly isIpAddress: boolean
  readonly hasPort: boolean
  readonly image: ImageFacts | 'none' | 'lost'
  readonly samples: readonly Sample[]
  readonly hasTooManyParts: boolean
  readonly missingKeys: readonly KeyAlgorithm[]
  /** In bytes. */
  readonly didDocumentBytes: number
}

/** What takes long to find out, and holds as long as badge and issuer are what they are. */
interface Observed {
  readonly samples: readonly Sample[]
  readonly image: BadgeFacts['image']
}

/** Samples cost some tenths of a second; a file that was lost may be there again. */
const KEPT_MS = 60_000

export async function gatherFacts(
  ctx: Context,
  issuer: IssuerRow,
  badge: BadgeClassAtVersion,
): Promise<BadgeFacts> {
  const { publicUrl } = ctx.config
  const keys = await listPublishedKeys(ctx.db, issuer.id)
  return {
    badge,
    issuer,
    ...reachOf(publicUrl),
    ...(await observed(ctx, issuer, badge)),
    hasTooManyParts: hasTooManyParts(badge, publicUrl),
    missingKeys: await missingKeys(ctx, issuer),
    didDocumentBytes: Buffer.byteLength(JSON.stringify(didDocumentOf(issuer, publicUrl, keys))),
  }
}

/** Whoever asks at once, or again, shares one set of samples. */
function observed(ctx: Context, issuer: IssuerRow, badge: BadgeClassAtVersion): Promise<Observed> {
  const { badgeClass } = badge
  const name = `samples ${issuer.id}@${issuer.revision} ${badgeClass.id}@${badgeClass.revision}`
  const known = ctx.shared?.recent.get(name) as Promise<Observed> | undefined
  if (known) return known
  const made = observe(ctx, issuer, badge)
  ctx.shared?.recent.set(name, made, { ttl: KEPT_MS })
  made.catch(() => ctx.shared?.recent.delete(name))
  return made
}

async function observe(ctx: Context, issuer: IssuerRow, badge: BadgeClassAtVersion): Promise<Observed> {
  return {
    image: await imageFacts(ctx.storage, badge.version),
    samples: await makeSamples(ctx, issuer, badge),
  }
}

async function imageFacts(
  storage: Storage,
  { image, imagePng }: BadgeClassAtVersion['version'],
): Promise<BadgeFacts['image']> {
  if (image === null || imagePng === null) return 'none'
  const [given, png] = [await storage.get(`images/${image}`), await storage.get(`images/${imagePng}`)]
  if (!given || !png) return 'lost'
  // PNG specification, section 11.2.1 (IHDR): it comes first.
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  return { kind: image.endsWith('.svg') ? 'svg' : 'png', bytes: given.length, width, height }
}

async function missingKeys(ctx: Context, issuer: IssuerRow): Promise<KeyAlgorithm[]> {
  const missing: KeyAlgorithm[] = []
  for (const algorithm of ['Ed25519', 'P-256'] as const) {
    try {
      await activeKey(ctx, issuer, algorithm)
    } catch (error) {
      if (!(error instanceof NoSigningKey)) throw error
      missing.push(algorithm)
    }
  }
  return missing
}

/** How far an origin reaches, by its text alone. */
export function reachOf(publicUrl: string): Pick<BadgeFacts, 'origin' | 'reach' | 'isIpAddress' | 'hasPort'> {
  const { origin, protocol, hostname, port } = new URL(publicUrl)
  const host = hostname.replace(/^\[|\]$/g, '')
  const isIpAddress = ipaddr.isValid(host)
  const isLocal = isIpAddress ? ipaddr.process(host).range() !== 'unicast' : isLocalName(host)
  const reach = isLocal ? 'local' : protocol === 'https:' ? 'public' : 'http'
  return { origin, reach, isIpAddress, hasPort: port !== '' }
}

/** Names without a dot, and those that never leave a machine or network (RFC 6761, RFC 6762, `.internal`). */
function isLocalName(host: string): boolean {
  return !host.includes('.') || /\.(localhost|local|test|internal|invalid)\.?$/.test(host)
}
