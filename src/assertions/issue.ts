import type { SQL } from 'drizzle-orm'
import type { Actor, Context } from '../context.ts'
import { inTransaction, isClash, isUnavailable } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { CallerError, Conflict } from '../errors.ts'
import { together } from '../together.ts'
import { awardMany } from './award-many.ts'
import { type AwardBasis, isStillTrue, loadBasis } from './basis.ts'
import { findActiveAssertions, lookBeforeAward } from './holding-queries.ts'
import { type PreparedAward, prepareAward } from './prepare.ts'
import { presentAssertion } from './queries.ts'
import { keyOf } from './recipient.ts'
import type { Assertion, NewAssertion } from './schema.ts'

/**
 * Awards a badge to one person. Signs before it stores, so that a row here always has its credential. Awards of
 * one badge that arrive at once share their statements and their transaction.
 * @throws NotFound, Invalid, Conflict when the badge class is not published or the person holds it already
 */
export async function issueAssertion(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  input: NewAssertion,
): Promise<Assertion> {
  const issue = (inputs: NewAssertion[]) => issueGroup(ctx, actor, badgeClassId, inputs)
  return together(ctx, nameOf(actor, badgeClassId), input, issue)
}

type Outcome = Assertion | Error

/** One that cannot be awarded stops none of the others. */
async function issueGroup(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  inputs: NewAssertion[],
): Promise<Outcome[]> {
  const award = (some: NewAssertion[]) => issueTogether(ctx, actor, badgeClassId, some)
  const awardAgain = (error: unknown) => {
    // A clash ends the transaction around it too: there is no second try inside of one.
    if (isClash(error) && ctx.shared) return award(inputs)
    throw error
  }
  try {
    return await award(inputs).catch(awardAgain)
  } catch (error) {
    if (inputs.length === 1 || error instanceof CallerError || isUnavailable(error)) throw error
    const outcomes: Outcome[] = []
    for (const input of inputs) {
      const [outcome] = await award([input]).catch((reason) => [reason as Error])
      outcomes.push(outcome!)
    }
    return outcomes
  }
}

async function issueTogether(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  inputs: NewAssertion[],
): Promise<Outcome[]> {
  const { basis, attempts, held } = await prepareGroup(ctx, actor, badgeClassId, inputs)
  const { badgeClass } = basis.badge
  const wanted = attempts.filter(isPrepared)
  const free = wanted.filter(({ duplicate, identity }) => duplicate || !held.has(keyOf(identity)))
  const rows = free.length === 0 ? [] : await awardAndTell(ctx, basis, free)
  const awarded = new Map<PreparedAward, Assertion>()
  for (const [i, row] of rows.entries()) if (row) awarded.set(free[i]!, presentAssertion(row, ctx))

  // Another request awarded the same person between our look and our write.
  const late = free.filter((one) => !awarded.has(one)).map(({ identity }) => identity)
  const now = late.length === 0 ? [] : await findActiveAssertions(ctx.db, badgeClass, late)
  const known = new Map([...held, ...now])
  return attempts.map((one) => {
    if (one instanceof Error) return one
    return awarded.get(one) ?? alreadyAwarded(known.get(keyOf(one.identity)))
  })
}

/** Who is to be told is in the row of the award; the job that tells is there exactly when the award is. */
async function awardAndTell(ctx: Context, basis: AwardBasis, awards: PreparedAward[]) {
  if (awards.every(({ tellIn }) => tellIn === null)) return awardMany(ctx, basis, awards, { apart: false })
  return inTransaction(ctx.db, async (tx) => {
    const here = inside(ctx, tx)
    const rows = await awardMany(here, basis, awards, { apart: false })
    if (rows.some((row) => row?.tellIn)) await ctx.queue.send(tx, 'tell-awarded', {})
    return rows
  })
}

interface PreparedGroup {
  readonly basis: AwardBasis
  readonly attempts: (PreparedAward | Error)[]
  /** Who holds the badge already, and by which assertion. */
  readonly held: ReadonlyMap<string, string>
}

/**
 * Holds the awards against the rules. What was read for the group before is used again where the database says
 * that it still holds; no award is refused for something that was read before.
 */
async function prepareGroup(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  inputs: NewAssertion[],
): Promise<PreparedGroup> {
  const name = `basis ${nameOf(actor, badgeClassId)}`
  const recent = ctx.shared?.recent.get(name) as AwardBasis | undefined
  if (recent) {
    const { isTrue, ...group } = await look(ctx, recent, inputs, isStillTrue(recent))
    if (isTrue && group.attempts.every(isPrepared)) return group
  }
  const basis = await loadBasis(ctx, actor, badgeClassId)
  ctx.shared?.recent.set(name, basis)
  return look(ctx, basis, inputs)
}

async function look(ctx: Context, basis: AwardBasis, inputs: NewAssertion[], condition?: SQL) {
  const attempts = inputs.map((input) => attempt(() => prepareAward(ctx, basis.badge, input)))
  const firsts = attempts.filter(isPrepared).filter(({ duplicate }) => !duplicate)
  const identities = firsts.map(({ identity }) => identity)
  const { isTrue, held } = await lookBeforeAward(ctx.db, basis.badge.badgeClass, identities, condition)
  return { basis, attempts, held, isTrue }
}

/** Only who may award this badge gets what was read for it: the key is part of the name. */
function nameOf(actor: Actor, badgeClassId: string): string {
  return `${actor.kind === 'api-key' ? actor.keyId : actor.kind} ${badgeClassId}`
}

function isPrepared(attempted: PreparedAward | Error): attempted is PreparedAward {
  return !(attempted instanceof Error)
}

function attempt(prepare: () => PreparedAward): PreparedAward | Error {
  try {
    return prepare()
  } catch (error) {
    return error as Error
  }
}

function alreadyAwarded(id: string | undefined): Error {
  // It was revoked between the refused write and the second look: a repeat will find the way free.
  if (id === undefined) return new CallerError(503, 'unavailable')
  return new Conflict('already-awarded', { id }, { assertionId: id })
}
