import type { Actor, Context } from '../context.ts'
import { CallerError, Conflict } from '../errors.ts'
import { findLink } from './links.ts'
import { getById, lockRequest, type RequestRow } from './queries.ts'
import { type Who, whoOf } from './record.ts'

/** Who reviews: a system with a key that names the person at it, or the holder of a reviewer's link. */
export interface Reviewer {
  readonly actor: Actor
  readonly name?: string | undefined
}

export function whoReviews({ actor, name }: Reviewer): Who {
  return whoOf(actor, name)
}

/** What tells one reviewer of a request from another: the name, however it is written and whichever way it came. */
export function reviewerKeyOf({ actor, name }: Reviewer): string {
  if (name !== undefined) return `name ${name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()}`
  return actor.kind === 'api-key' ? actor.keyId : actor.kind
}

/**
 * The request that a reviewer's link opens, and the reviewer that it makes of its holder; until the decision.
 * @throws CallerError 401 for a wrong token; 410 when the link has ended
 */
export async function getByReviewerToken(
  ctx: Context,
  token: string,
): Promise<{ row: RequestRow; reviewer: Reviewer }> {
  const link = await findLink(ctx.db, 'reviewer', token)
  if (!link) throw new CallerError(401, 'bad-token')
  const row = await getById(ctx.db, link.requestId)
  const isOpen = row.state === 'submitted' || row.state === 'returned'
  const isOver = link.expiresAt !== null && link.expiresAt <= ctx.clock()
  if (!isOpen || isOver) throw new CallerError(410, 'link-ended')
  const name = link.holder ?? undefined
  const actor = { kind: 'delegate', issuerId: row.issuerId } as const
  return { row, reviewer: { actor, name } }
}

/**
 * Locks a request for a decision.
 * @throws NotFound; Conflict while it is in the hands of another reviewer
 */
export async function lockForReview(ctx: Context, reviewer: Reviewer, id: string): Promise<RequestRow> {
  const row = await lockRequest(ctx.db, reviewer.actor, id)
  assertNotAssigned(ctx, row, reviewer.name)
  return row
}

/** @throws Conflict while the lease of another reviewer runs, also for a call that names none */
export function assertNotAssigned(
  ctx: Context,
  { assignedTo, leaseUntil }: RequestRow,
  name: string | undefined,
): void {
  if (assignedTo === null || leaseUntil === null || leaseUntil <= ctx.clock()) return
  if (name === assignedTo) return
  const until = leaseUntil.toISOString()
  throw new Conflict('request-assigned', { reviewer: assignedTo, until }, { assignedTo, leaseUntil: until })
}
