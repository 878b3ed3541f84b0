import { type AssertionRow, findAssertionsById } from '../../assertions/queries.ts'
import type { Context } from '../../context.ts'
import { CallerError, NotFound } from '../../errors.ts'
import { findIssuersById, type IssuerRow } from '../../issuers/queries.ts'
import { together } from '../../together.ts'
import { type ClaimRow, type CollectionRow, findClaimsWithCollections } from './queries.ts'

/** A claim by which one can collect, with all that belongs to it. */
export interface LiveClaim {
  readonly claim: ClaimRow
  readonly collections: readonly CollectionRow[]
  readonly assertion: AssertionRow
  readonly issuer: IssuerRow
  /** The DID to which the credential is bound so far: of the first wallet, or of the award itself. */
  readonly holder: string | undefined
}

/**
 * A claim that has not ended.
 * @throws NotFound; CallerError 410 with plain words for whoever holds its link
 */
export async function getLiveClaim(ctx: Context, id: string): Promise<LiveClaim> {
  const found = await getClaim(ctx, id)
  const { claim, assertion, issuer } = found
  const code = endOf(claim, assertion, ctx.clock())
  if (code) throw new CallerError(410, code, { params: { issuer: issuer.name } })
  return found
}

/** The same, whether it has ended or not. Those who ask at once share their statements. @throws NotFound */
export async function getClaim(ctx: Context, id: string): Promise<LiveClaim> {
  const find = async (ids: readonly string[]): Promise<(LiveClaim | Error)[]> => {
    const found = await findClaims(ctx, ids)
    return ids.map((one) => found.get(one) ?? new NotFound())
  }
  return together(ctx, 'claims', id, find)
}

/**
 * Claims by their ids, ended or not.
 * @param locked their assertions, where they were read before
 */
export async function findClaims(
  ctx: Context,
  ids: readonly string[],
  locked?: readonly AssertionRow[],
): Promise<Map<string, LiveClaim>> {
  const found = await findClaimsWithCollections(ctx.db, ids)
  if (found.length === 0) return new Map()
  const idsOf = (name: 'assertionId' | 'issuerId') => [...new Set(found.map(({ claim }) => claim[name]))]
  const assertions = byId(locked ?? (await findAssertionsById(ctx.db, idsOf('assertionId'))))
  const issuers = byId(await findIssuersById(ctx.db, idsOf('issuerId')))
  return new Map(
    found.map(({ claim, collections }) => {
      const assertion = assertions.get(claim.assertionId)!
      const named = assertion.recipientType === 'did' ? assertion.recipientIdentity : undefined
      const holder = named ?? collections.find(({ subject }) => subject !== '')?.subject
      return [claim.id, { claim, collections, assertion, issuer: issuers.get(claim.issuerId)!, holder }]
    }),
  )
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]))
}

/** Why nobody can collect by it any more. */
export function endOf(claim: ClaimRow, assertion: AssertionRow, now: Date) {
  if (assertion.revokedAt) return 'claim-revoked'
  if (claim.withdrawnAt) return 'claim-withdrawn'
  return claim.expiresAt <= now ? 'claim-expired' : undefined
}
