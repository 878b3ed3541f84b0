import { getBadgeClass } from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { isUnavailable } from '../db/db.ts'
import { CallerError, Conflict } from '../errors.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { awardMany } from './award-many.ts'
import { type PreparedAward, prepareAward } from './prepare.ts'
import { findActiveAssertions, presentAssertion } from './queries.ts'
import { type Identity, keyOf } from './recipient.ts'
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
  if (ctx.gatherer) {
    const who = actor.kind === 'operator' ? 'operator' : actor.keyId
    return ctx.gatherer.join(`${who} ${badgeClassId}`, input, issue)
  }
  const [outcome] = await issue([input])
  if (outcome instanceof Error) throw outcome
  return outcome!
}

type Outcome = Assertion | Error

/** One that cannot be awarded stops none of the others. */
async function issueGroup(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  inputs: NewAssertion[],
): Promise<Outcome[]> {
  try {
    return await issueTogether(ctx, actor, badgeClassId, inputs)
  } catch (error) {
    if (inputs.length === 1 || error instanceof CallerError || isUnavailable(error)) throw error
    const outcomes: Outcome[] = []
    for (const input of inputs) {
      const alone = issueTogether(ctx, actor, badgeClassId, [input]).catch((reason) => [reason as Error])
      outcomes.push((await alone)[0]!)
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
  const badge = await getBadgeClass(ctx.db, actor, badgeClassId)
  const issuer = await getIssuerById(ctx.db, badge.badgeClass.issuerId)
  const attempts = inputs.map((input) => attempt(() => prepareAward(ctx, badge, input)))
  const wanted = attempts.filter((one): one is PreparedAward => !(one instanceof Error))
  const inspect = (identities: Identity[]) => findActiveAssertions(ctx.db, badge.badgeClass, identities, '')

  const held = await inspect(wanted.filter(({ duplicate }) => !duplicate).map(({ identity }) => identity))
  const free = wanted.filter(({ duplicate, identity }) => duplicate || !held.has(keyOf(identity)))
  const rows = free.length === 0 ? [] : await awardMany(ctx, { issuer, badge }, free, { apart: false })
  const awarded = new Map<PreparedAward, Assertion>()
  for (const [i, row] of rows.entries()) if (row) awarded.set(free[i]!, presentAssertion(row, ctx))

  // Another request awarded the same person between our look and our write.
  const late = free.filter((one) => !awarded.has(one)).map(({ identity }) => identity)
  const known = late.length === 0 ? held : new Map([...held, ...(await inspect(late))])
  return attempts.map((one) => {
    if (one instanceof Error) return one
    return awarded.get(one) ?? alreadyAwarded(known.get(keyOf(one.identity)))
  })
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
