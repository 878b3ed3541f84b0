import { eq, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Actor } from '../context.ts'

/** The part of a WHERE that keeps a key to its own issuer; the operator sees every row. */
export function ownedBy(actor: Actor, issuerId: PgColumn): SQL | undefined {
  return actor.kind === 'operator' ? undefined : eq(issuerId, actor.issuerId)
}
