import type { Context } from '../context.ts'
import { activeKey } from '../keys/active-key.ts'
import { type Body, toBody } from '../storage/body-cache.ts'
import { didConfiguration, signDomainLinkage } from '../vc/domain-linkage.ts'
import { listDids } from './queries.ts'

const DAY_MS = 24 * 3600 * 1000
/** A copy that somebody kept is still good for long. */
const VALID_DAYS = 365
const NAME = 'did-configuration'

/**
 * The DID configuration of this origin: a signed statement of each issuer that it is here. It is kept for some
 * minutes, and those who ask at once share one.
 */
export async function getDidConfiguration(ctx: Context): Promise<Body> {
  const kept = ctx.credentialBodies.get(NAME, 'json')
  if (kept) return kept
  const make = async (asked: unknown[]) => {
    const body = toBody(JSON.stringify(await sign(ctx)))
    ctx.credentialBodies.set(NAME, 'json', body)
    return asked.map(() => body)
  }
  return ctx.shared!.gatherer.join(NAME, undefined, make)
}

async function sign(ctx: Context): Promise<object> {
  const today = Math.floor(ctx.clock().getTime() / DAY_MS) * DAY_MS
  const span = { from: new Date(today), until: new Date(today + VALID_DAYS * DAY_MS) }
  const linkages: string[] = []
  for (const [id, did] of await listDids(ctx.db)) {
    const key = await activeKey(ctx, { id, did }, 'Ed25519')
    linkages.push(await signDomainLinkage(key, { origin: ctx.config.publicUrl, ...span }))
  }
  return didConfiguration(linkages)
}
