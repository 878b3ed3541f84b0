import { awardMany } from '../assertions/award-many.ts'
import type { AwardBasis } from '../assertions/basis.ts'
import { type PreparedAward, prepareAward } from '../assertions/prepare.ts'
import type { AssertionRow } from '../assertions/queries.ts'
import { type Identity, presentRecipient } from '../assertions/recipient.ts'
import type { NewAssertion } from '../assertions/schema.ts'
import type { Context } from '../context.ts'
import { inTransaction, joinWithoutStatistics } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { CallerError, type Fault } from '../errors.ts'
import { toSecond } from '../vc/time.ts'
import { type EventAward, eventAward } from './event.ts'
import { type Batch, countProgress } from './queries.ts'
import {
  type ClaimedRow,
  claimReadyRows,
  currentList,
  markHeld,
  type RowOutcome,
  storeOutcomes,
} from './row-queries.ts'

/** The batch was paused or cancelled, or got another list, while a chunk was at work: the chunk is undone. */
class NoLongerRunning extends Error {}

/**
 * Issues up to `size` ready rows after a line. One transaction takes the rows, stores their assertions, marks the
 * rows and counts them, so that at a crash each row was issued once or not at all.
 * @returns the last line that was taken, or undefined when no row was free
 * @throws NoLongerRunning, SelfCheckFailed, or an error of the database: nothing of the chunk is stored
 */
export async function issueChunk(
  ctx: Context,
  { batch, basis }: { batch: Batch; basis: AwardBasis },
  { afterLine, size }: { afterLine: number; size: number },
): Promise<number | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const rows = await claimReadyRows(tx, currentList(batch), afterLine, size)
    const last = rows.at(-1)
    if (!last) return undefined
    const { event } = batch
    const fromEvent = event ? eventAward(event, basis.badge.version.content.language) : undefined
    const prepare = preparation(ctx, { batch, basis, fromEvent })
    const attempts = rows.map((row) => attempt(() => prepare(row)))
    const awards = attempts.filter((one): one is PreparedAward => !(one instanceof CallerError))
    // Taken beside the transaction, as from a sequence: here, the lock on the status list would make all
    // chunks of an issuer wait for each other. The embedded database has no second connection.
    const how = { apart: true, entriesFrom: ctx.config.databaseUrl ? ctx : here }
    const stored = awards.length === 0 ? [] : await awardMany(here, basis, awards, how)
    const byAward = new Map(awards.map((award, i) => [award, stored[i]]))
    const outcomes = rows.map((row, i) => outcomeOf(row, attempts[i]!, { batch, byAward }))
    await joinWithoutStatistics(tx)
    await storeOutcomes(tx, currentList(batch), outcomes)
    const late = outcomes.filter(({ state }) => state === 'already-awarded').map(({ line }) => line)
    if (late.length > 0) await markHeld(tx, batch, late)
    const count = (state: RowOutcome['state']) => outcomes.filter((one) => one.state === state).length
    const progress = {
      issued: count('issued'),
      alreadyAwarded: late.length,
      failed: count('failed'),
    }
    if (!(await countProgress(tx, batch, progress, ctx.clock()))) throw new NoLongerRunning()
    return last.line
  })
}

export function isNoLongerRunning(error: unknown): boolean {
  return error instanceof NoLongerRunning
}

interface Circumstances {
  readonly batch: Batch
  readonly basis: AwardBasis
  readonly fromEvent: EventAward | undefined
}

/**
 * Prepares the awards of a chunk. Rows that say nothing of their own differ in their people alone; whether those can
 * be written to, the kind of their identity tells.
 */
function preparation(ctx: Context, circumstances: Circumstances): (row: ClaimedRow) => PreparedAward {
  const plain = new Map<string, PreparedAward>()
  return (row) => {
    if (Object.keys(row.details).length > 0) return prepare(ctx, circumstances, row)
    const identity = identityIn(row)
    const award = plain.get(identity.type) ?? prepare(ctx, circumstances, row)
    plain.set(identity.type, award)
    return { ...award, identity, recipientName: row.recipientName }
  }
}

function identityIn(row: ClaimedRow): Identity {
  return { type: row.recipientType!, value: row.recipientIdentity! }
}

function prepare(ctx: Context, { batch, basis, fromEvent }: Circumstances, row: ClaimedRow): PreparedAward {
  const identity = identityIn(row)
  const { evidence = [], ...details } = row.details
  const allEvidence = [...(fromEvent?.details.evidence ?? []), ...evidence]
  const now = ctx.clock()
  // Noon of a day that has just begun is still to come.
  const awarded = fromEvent && fromEvent.awardedDate > now ? now : fromEvent?.awardedDate
  const input: NewAssertion = {
    recipient: presentRecipient(identity, row.recipientName),
    ...(awarded ? { awardedDate: toSecond(awarded) } : {}),
    ...fromEvent?.details,
    ...details,
    ...(allEvidence.length > 0 ? { evidence: allEvidence } : {}),
    ...(batch.discloseName ? { discloseName: true } : {}),
    notify: batch.notify,
  }
  return prepareAward(ctx, basis.badge, input, batch.eventKey)
}

/** What breaks a rule now, though it held when the list was checked, concerns its row alone. */
function attempt(work: () => PreparedAward): PreparedAward | CallerError {
  try {
    return work()
  } catch (error) {
    if (error instanceof CallerError && error.faults.length > 0) return error
    throw error
  }
}

function outcomeOf(
  { line }: ClaimedRow,
  attempted: PreparedAward | CallerError,
  { batch, byAward }: { batch: Batch; byAward: ReadonlyMap<PreparedAward, AssertionRow | undefined> },
): RowOutcome {
  const nothing = { line, reason: null, reasonParams: null, assertionId: null, credentialId: null }
  if (attempted instanceof CallerError) {
    return { ...nothing, state: 'failed', ...reasonOf(attempted.faults[0]!, batch) }
  }
  const stored = byAward.get(attempted)
  if (!stored) return { ...nothing, state: 'already-awarded', reason: 'row-already-awarded' }
  return { ...nothing, state: 'issued', assertionId: stored.id, credentialId: stored.credentialId }
}

/** The fault of an award in the words of the list: an end that was to come when it was checked has passed. */
function reasonOf({ code, params }: Fault, { columns }: Batch): Pick<RowOutcome, 'reason' | 'reasonParams'> {
  if (code !== 'ends-before-start') return { reason: code, reasonParams: params ?? null }
  const column = columns.find(({ field }) => field === 'validUntil')?.heading ?? 'validUntil'
  return { reason: 'row-in-the-past', reasonParams: { column } }
}
