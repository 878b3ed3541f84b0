import { randomUUID } from 'node:crypto'
import { lockAssertions, touchAssertions } from '../../assertions/queries.ts'
import { renderCredentials } from '../../assertions/render.ts'
import type { Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { CallerError, NotFound } from '../../errors.ts'
import { takeEntriesAhead } from '../../status-lists/take.ts'
import type { Asked, Collected, Collecting } from './collecting.ts'
import { endOf, findClaims, type LiveClaim } from './live-claim.ts'
import { type CollectionRow, recordCollections } from './queries.ts'
import { timesCollected } from './times-collected.ts'

/**
 * Serves wallets in one transaction: those that may collect, and an error for each of the others.
 * @returns the outcomes in their order
 */
export async function collectTogether(ctx: Context, group: readonly Asked[]): Promise<(Collected | Error)[]> {
  const ids = [...new Set(group.map(({ id }) => id))]
  // Taken before the transaction: inside, the lock on the status list would make all wallets of an issuer wait for
  // each other, and beside it each transaction would need a second connection.
  const entries = await takeEntriesAhead(
    ctx,
    group.map(({ issuerId }) => issuerId),
  )
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const here = inside(ctx, tx)
      const assertions = await lockAssertions(tx, [...new Set(group.map((one) => one.assertionId))])
      const claims = await findClaims(here, ids, assertions)
      const admitted = admit(group, claims, ctx.clock())
      const served = admitted.filter(isAdmitted)
      const wanted = served.map(({ live, how: { format, subject } }) => ({
        assertion: live.assertion,
        format,
        subject,
      }))
      const rendered = await renderCredentials(here, wanted, (issuerId) => entries.take(here, issuerId))
      const usedChallenge = served
        .filter(({ how }) => how.sequence !== undefined)
        .map(({ live }) => live.claim.id)
      const rows = served.flatMap(({ row }) => row ?? [])
      await recordCollections(tx, rows, { usedChallenge, now: ctx.clock() })
      await touchAssertions(tx, [...new Set(wanted.map(({ assertion }) => assertion.id))])
      const byAsked = new Map(served.map((one, i) => [one, { ...rendered[i]!, claim: one.live.claim }]))
      return admitted.map((one) => (isAdmitted(one) ? byAsked.get(one)! : one))
    })
  } finally {
    entries.giveBack()
  }
}

interface Admitted {
  readonly how: Collecting
  readonly live: LiveClaim
  /** What is recorded; a wallet that comes again for the same leaves nothing new. */
  readonly row: CollectionRow | undefined
}

const isAdmitted = (one: Admitted | Error): one is Admitted => !(one instanceof Error)

/** Who may collect, one after the other: each sees what those before have collected. */
function admit(
  group: readonly Asked[],
  claims: ReadonlyMap<string, LiveClaim>,
  now: Date,
): (Admitted | Error)[] {
  const current = new Map(claims)
  return group.map(({ id, how }) => {
    const live = current.get(id)
    if (!live) return new NotFound()
    const refusal = refusalOf(live, how, now)
    if (refusal) return refusal
    const { protocol, format, subject = '' } = how
    const isRepeat = live.collections.some(
      (one) =>
        subject !== '' && one.subject === subject && one.protocol === protocol && one.format === format,
    )
    const row = isRepeat ? undefined : { id: randomUUID(), claimId: id, subject, protocol, format, at: now }
    const sequence = live.claim.sequence + (how.sequence === undefined ? 0 : 1)
    const collections = [...live.collections, ...(row ? [row] : [])]
    current.set(id, { ...live, claim: { ...live.claim, sequence }, collections })
    return { how, live, row }
  })
}

function refusalOf(live: LiveClaim, { subject, sequence }: Collecting, now: Date): CallerError | undefined {
  const { claim, collections, assertion, issuer } = live
  const refuse = (status: number, code: CallerError['code']) =>
    new CallerError(status, code, { params: { issuer: issuer.name } })
  const end = endOf(claim, assertion, now)
  if (end) return refuse(410, end)
  if (sequence !== undefined && sequence !== claim.sequence) return refuse(409, 'claim-changed')
  if (claim.binding === 'did' && subject === undefined) return refuse(403, 'claim-needs-wallet')
  if (subject !== undefined) {
    const isNamed = assertion.recipientType === 'did'
    if (isNamed && assertion.recipientIdentity !== subject) return refuse(403, 'claim-other-wallet')
    if (collections.some((collection) => collection.subject === subject)) return undefined
  }
  if (timesCollected(live) < claim.maxCollections) return undefined
  return claim.binding === 'none' ? refuse(410, 'claim-collected') : refuse(403, 'claim-other-wallet')
}
