import { randomUUID } from 'node:crypto'
import { achievementUrl, type BadgeClassAtVersion, getBadgeClass } from '../badge-classes/queries.ts'
import type { Actor, Context } from '../context.ts'
import { inTransaction, violatedUnique } from '../db/db.ts'
import { Conflict, Invalid } from '../errors.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { activeKey } from '../keys/active-key.ts'
import { allocateStatusEntries } from '../status-lists/allocate.ts'
import { signCredential } from '../vc/sign.ts'
import { walletJson } from '../vc/wallet-json.ts'
import { checkResults } from './check-results.ts'
import { type Award, buildCredential } from './credential.ts'
import { findActiveAssertion, insertAssertion, presentAssertion } from './queries.ts'
import { type Identity, identityOf } from './recipient.ts'
import type { Assertion, AssertionDetails, NewAssertion } from './schema.ts'
import { validityOf } from './validity.ts'

/**
 * Awards a badge to one person. Signs before it stores, so that a row here always has its credential.
 * @throws NotFound, Invalid, Conflict when the badge class is not published or the person holds it already
 */
export async function issueAssertion(
  ctx: Context,
  actor: Actor,
  badgeClassId: string,
  input: NewAssertion,
): Promise<Assertion> {
  const { publicUrl } = ctx.config
  const badge = await getBadgeClass(ctx.db, actor, badgeClassId)
  const { content } = badge.version
  const identity = identityOf(input.recipient)
  const validity = validityOf(input, content.validFor, ctx.clock())
  const faults = checkResults(input.results ?? [], content, achievementUrl(publicUrl, badgeClassId))
  if (faults.length > 0) throw new Invalid(...faults)
  assertPublished(badge)
  if (!input.allowDuplicate) await refuseSecond(ctx, badgeClassId, identity)

  const issuer = await getIssuerById(ctx.db, badge.badgeClass.issuerId)
  const [status] = await allocateStatusEntries(ctx, issuer.id, 1)
  const award: Award = {
    credentialId: randomUUID(),
    issuer,
    badge,
    identity,
    recipientName: input.recipient.name ?? null,
    validity,
    details: detailsOf(input),
    status: status!,
  }
  const body = await sign(ctx, award)
  return store(ctx, award, { body, duplicate: input.allowDuplicate === true })
}

function assertPublished({ badgeClass }: BadgeClassAtVersion): void {
  const { status } = badgeClass
  if (status !== 'published') throw new Conflict('not-published', { status })
}

async function refuseSecond(ctx: Context, badgeClassId: string, identity: Identity): Promise<void> {
  const existing = await findActiveAssertion(ctx.db, badgeClassId, identity)
  if (existing) throw new Conflict('already-awarded', { id: existing.id }, { assertionId: existing.id })
}

function detailsOf({ evidence, narrative, results, discloseName }: NewAssertion): AssertionDetails {
  return JSON.parse(JSON.stringify({ evidence, narrative, results, discloseName }))
}

async function sign(ctx: Context, award: Award): Promise<string> {
  const { issuer } = award
  const key = await activeKey(ctx, issuer, 'Ed25519')
  const unsigned = buildCredential(award, ctx.config.publicUrl)
  return walletJson(await signCredential(unsigned, key, { suite: issuer.proofSuite, created: ctx.clock() }))
}

async function store(
  ctx: Context,
  award: Award,
  { body, duplicate }: { body: string; duplicate: boolean },
): Promise<Assertion> {
  const { issuer, badge, identity, validity, details, status } = award
  const now = ctx.clock()
  const row = {
    id: randomUUID(),
    issuerId: issuer.id,
    badgeClassId: badge.badgeClass.id,
    badgeClassVersion: badge.version.version,
    recipientType: identity.type,
    recipientIdentity: identity.value,
    recipientName: award.recipientName,
    duplicate,
    ...validity,
    details,
    credentialId: award.credentialId,
    statusListId: status.listId,
    statusIndex: status.index,
    revokedAt: null,
    revocationReason: null,
    revision: 1,
    createdAt: now,
  }
  const credential = {
    id: award.credentialId,
    form: 'issued' as const,
    suite: issuer.proofSuite,
    body,
    signedAt: now,
  }
  try {
    await inTransaction(ctx.db, (tx) => insertAssertion(tx, row, credential))
  } catch (error) {
    // Another request awarded the same person between our look and our write.
    if (violatedUnique(error) === 'assertions_one_per_person')
      await refuseSecond(ctx, row.badgeClassId, identity)
    throw error
  }
  return presentAssertion(row, ctx)
}
