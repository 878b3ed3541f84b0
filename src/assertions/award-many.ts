import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { type Db, inTransaction } from '../db/db.ts'
import type { StatusEntry } from '../status-lists/allocate.ts'
import { takeStatusEntries } from '../status-lists/take.ts'
import { layoutOf, valuesOf } from '../vc/engine/layout.ts'
import type { AwardBasis } from './basis.ts'
import { buildCredential, type CredentialBase, credentialBase } from './credential.ts'
import type { PreparedAward } from './prepare.ts'
import { type AssertionRow, insertAwards } from './queries.ts'

interface Built {
  readonly row: AssertionRow
  readonly values: readonly string[]
}

/**
 * Awards a badge version to many people: takes their status entries, signs, then stores what was signed.
 * Credentials of one layout are signed together and stored by one statement.
 * @param how.apart signs in other threads
 * @param how.entriesFrom takes the status entries in this context's transaction
 * @returns for each award its assertion, or undefined when the person holds the badge already
 * @throws SelfCheckFailed when the unmodified library refuses a credential of the sample: nothing is stored
 */
export async function awardMany(
  ctx: Context,
  basis: AwardBasis,
  awards: readonly PreparedAward[],
  { apart, entriesFrom = ctx }: { apart: boolean; entriesFrom?: Context },
): Promise<(AssertionRow | undefined)[]> {
  const { issuer, badge, key } = basis
  const entries = await takeStatusEntries(entriesFrom, issuer.id, awards.length)
  const created = ctx.clock()
  const base = credentialBase(issuer, badge, ctx.config.publicUrl)
  const rows = awards.map((award, i) => rowOf(basis, award, entries[i]!, created))
  const options = { key, suite: issuer.proofSuite, created }
  const groups = groupByLayout(base, awards, rows)

  const stored = new Set<string>()
  const store = async (db: Db) => {
    for (const { layout, group } of groups) {
      const job = { layout, rows: group.map(({ values }) => values), options }
      const signed = Buffer.from((await (apart ? ctx.signer.signApart(job) : ctx.signer.sign(job))).buffer)
      // PostgreSQL takes the bytes as they are; the embedded engine takes texts.
      const bodies = ctx.config.databaseUrl ? signed : signed.toString()
      const credentials = { suite: issuer.proofSuite, bodies, signedAt: created }
      const groupRows = group.map(({ row }) => row)
      for (const id of await insertAwards(db, groupRows, credentials)) stored.add(id)
    }
  }
  // One statement needs no transaction; of several all or none are to be done.
  await (groups.length > 1 ? inTransaction(ctx.db, store) : store(ctx.db))
  return rows.map((row) => (stored.has(row.id) ? row : undefined))
}

function groupByLayout(
  base: CredentialBase,
  awards: readonly PreparedAward[],
  rows: readonly AssertionRow[],
) {
  const groups = new Map<string, { layout: ReturnType<typeof layoutOf>; group: Built[] }>()
  for (const [i, row] of rows.entries()) {
    const status = { listId: row.statusListId, index: row.statusIndex }
    const document = buildCredential(base, { ...awards[i]!, credentialId: row.credentialId, status })
    const { key, values } = valuesOf(document, base.constants)
    const found = groups.get(key) ?? { layout: layoutOf(document, base.constants, key), group: [] }
    groups.set(key, found)
    found.group.push({ row, values })
  }
  // In one order everywhere, or two inserts of the same people would wait for each other.
  for (const { group } of groups.values()) group.sort((a, b) => compare(a.row, b.row))
  return [...groups.values()]
}

function compare(a: AssertionRow, b: AssertionRow): number {
  return a.recipientIdentity < b.recipientIdentity ? -1 : 1
}

function rowOf(
  { issuer, badge }: AwardBasis,
  award: PreparedAward,
  status: StatusEntry,
  now: Date,
): AssertionRow {
  return {
    id: randomUUID(),
    issuerId: issuer.id,
    badgeClassId: badge.badgeClass.id,
    badgeClassVersion: badge.version.version,
    recipientType: award.identity.type,
    recipientIdentity: award.identity.value,
    recipientName: award.recipientName,
    duplicate: award.duplicate,
    eventKey: award.eventKey,
    ...award.validity,
    details: award.details,
    tellIn: award.tellIn,
    toldAt: null,
    credentialId: randomUUID(),
    statusListId: status.listId,
    statusIndex: status.index,
    revokedAt: null,
    revocationReason: null,
    revision: 1,
    createdAt: now,
  }
}
