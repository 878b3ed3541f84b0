import type { Page } from './api.ts'
import type { IssueOptions } from './arguments.ts'
import { type Client, Refusal } from './client.ts'
import { Failure } from './failure.ts'
import { FAILURES } from './messages.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The id of the badge class that `--badge` names by slug or id. */
export async function findBadge(client: Client, { badge, issuer }: IssueOptions): Promise<string> {
  if (UUID.test(badge)) return badge.toLowerCase()
  const slug = issuer ?? (await onlyIssuer(client))
  const path = `/v1/issuers/${encodeURIComponent(slug)}/badge-classes?slug=${encodeURIComponent(badge)}`
  const { items } = await client.ask<Page<{ id: string }>>('GET', path).catch((error) => {
    if (!(error instanceof Refusal)) throw error
    if (error.status === 404) throw new Failure(FAILURES['no-such-issuer'], { issuer: slug })
    // What cannot be a slug is no badge's.
    if (error.status === 400) return { items: [] }
    throw error
  })
  if (items.length === 0) throw new Failure(FAILURES['no-badge'], { issuer: slug, badge })
  return items[0]!.id
}

async function onlyIssuer(client: Client): Promise<string> {
  const { items } = await client.ask<Page<{ slug: string }>>('GET', '/v1/issuers?limit=20')
  if (items.length === 0) throw new Failure(FAILURES['no-issuer'])
  if (items.length === 1) return items[0]!.slug
  const slugs = items.map(({ slug }) => slug).join(', ')
  throw new Failure(FAILURES['several-issuers'], { slugs })
}
