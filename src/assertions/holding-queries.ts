import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { type Identity, keyOf } from './recipient.ts'

/**
 * A subquery for the id and credential_id of the first assertion by which a person holds a badge class.
 * @param eventKey looks only at awards for this event; '' at all
 */
export function firstHolding(
  badgeClass: { id: string; issuerId: string },
  { type, identity }: { type: SQL; identity: SQL },
  eventKey = '',
): SQL {
  // By way of the person (OFFSET 0 fences it off): of a new badge class the planner has no statistics, and would
  // read all of it for each person.
  return sql`(
    select id, credential_id from (
      select * from assertions where issuer_id = ${badgeClass.issuerId} and recipient_identity = ${identity}
      offset 0
    ) as of_person
    where recipient_type = ${type} and badge_class_id = ${badgeClass.id} and revoked_at is null
      and (${eventKey}::text = '' or event_key = ${eventKey}::text)
    order by created_at, id limit 1
  )`
}

/**
 * The assertions by which these people hold a badge class, the first where there are several, by `keyOf` their
 * identity.
 */
export async function findActiveAssertions(
  db: Db,
  badgeClass: { id: string; issuerId: string },
  identities: readonly Identity[],
): Promise<Map<string, string>> {
  return (await lookBeforeAward(db, badgeClass, identities)).held
}

/** The same, and whether a condition holds, in one statement. */
export async function lookBeforeAward(
  db: Db,
  badgeClass: { id: string; issuerId: string },
  identities: readonly Identity[],
  condition: SQL = sql`true`,
): Promise<{ isTrue: boolean; held: Map<string, string> }> {
  const result = await db.execute(sql`
    select ${condition} as "isTrue", (
      select json_agg(json_build_object('type', wanted.type, 'value', wanted.value, 'id', held.id))
      from unnest(${sql.param(identities.map(({ type }) => type))}::text[],
        ${sql.param(identities.map(({ value }) => value))}::text[]) as wanted (type, value)
      cross join lateral ${firstHolding(badgeClass, { type: sql`wanted.type`, identity: sql`wanted.value` })} as held
    ) as held`)
  const [found] = (result as unknown as { rows: { isTrue: boolean; held: Holder[] | null }[] }).rows
  return { isTrue: found!.isTrue, held: new Map(found!.held?.map((row) => [keyOf(row), row.id])) }
}

type Holder = Identity & { readonly id: string }
