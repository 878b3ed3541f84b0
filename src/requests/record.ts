import type { Actor, Context } from '../context.ts'
import { Conflict } from '../errors.ts'
import { STATES_IN_WORDS } from '../request-messages.ts'
import { insertEvent, type RequestEvent, type RequestRow, updateRequest } from './queries.ts'
import type { RequestState } from './schema.ts'

/** Who did something to a request. */
export interface Who {
  readonly by: RequestEvent['by']
  readonly keyId?: string
  /** The name that a reviewer goes by. */
  readonly name?: string
}

export const APPLICANT: Who = { by: 'applicant' }
export const SERVICE: Who = { by: 'service' }

/** Where a request can go from each state. */
const NEXT: Readonly<Record<RequestState, readonly RequestState[]>> = {
  draft: ['submitted', 'withdrawn', 'expired'],
  submitted: ['accepted', 'returned', 'rejected', 'withdrawn'],
  returned: ['submitted', 'withdrawn', 'expired'],
  accepted: [],
  rejected: [],
  withdrawn: [],
  expired: [],
}

/**
 * Moves a request, whose row is locked, to another state, and writes that down.
 * @throws Conflict that names the state, where there is no way from it
 */
export async function moveRequest(
  ctx: Context,
  row: RequestRow,
  to: RequestState,
  { who, reason, change }: { who: Who; reason?: string; change?: Partial<RequestRow> },
): Promise<RequestRow> {
  assertCanBecome(row, to)
  const now = ctx.clock()
  const moved = await updateRequest(ctx.db, row, { ...change, state: to }, now)
  await record(ctx, row, to, { who, reason, states: { fromState: row.state, toState: to } })
  return moved
}

/** Writes down what happened, and to the history who did it and why. */
export async function record(
  ctx: Context,
  { id }: Pick<RequestRow, 'id'>,
  event: string,
  {
    who,
    reason,
    states = {},
  }: { who: Who; reason?: string | undefined; states?: { fromState?: RequestState; toState?: RequestState } },
): Promise<void> {
  await insertEvent(ctx.db, {
    requestId: id,
    at: ctx.clock(),
    event,
    by: who.by,
    keyId: who.keyId ?? null,
    name: who.name ?? null,
    reason: reason ?? null,
    ...states,
  })
}

/** @throws Conflict that names the state */
export function assertCanBecome({ state }: RequestRow, to: RequestState): void {
  if (!NEXT[state].includes(to)) throw wrongState(state)
}

/** @throws Conflict unless the applicant can still change the request */
export function assertOpen({ state }: RequestRow): void {
  if (state !== 'draft' && state !== 'returned') throw wrongState(state)
}

export function wrongState(state: RequestState): Conflict {
  return new Conflict('request-state', STATES_IN_WORDS[state], { state })
}

/** How an actor with or without a key is written down. */
export function whoOf(actor: Actor, name?: string): Who {
  const named = name === undefined ? {} : { name }
  if (actor.kind === 'operator') return { by: 'operator', ...named }
  if (actor.kind === 'delegate') return { by: 'reviewer', ...named }
  return { by: 'api-key', keyId: actor.keyId, ...named }
}
