import type { BadgeContent } from '../badge-classes/schema.ts'
import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { assertFresh, type Expected } from '../db/revision.ts'
import { type Fault, Invalid } from '../errors.ts'
import { type FormOfRequest, getForm } from './form.ts'
import { type RequestRow, updateRequest } from './queries.ts'
import { wrongState } from './record.ts'
import { lockForReview, type Reviewer } from './reviewer.ts'
import type { ChecklistItem } from './schema.ts'

/** One thing that a reviewer looks at. */
export interface Criterion {
  readonly id: string
  readonly criterion: string
}

/** The criteria of a badge one by one: the items of the first list in its narrative, or all of it without a list. */
export function criteriaOf({ criteria }: BadgeContent): Criterion[] {
  const narrative = criteria.narrative ?? criteria.id ?? ''
  const [, list = ''] = /(?:^|\n)((?:[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t][^\n]*\n*)+)/.exec(narrative) ?? []
  const items = list
    .split('\n')
    .flatMap((line) => line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s/, '').trim() || [])
  return (items.length > 0 ? items : [narrative])
    .slice(0, MAX_CRITERIA)
    .map((criterion, i) => ({ id: `c${i + 1}`, criterion: criterion.replace(/\s*[;.]$/, '') }))
}

const MAX_CRITERIA = 50

/**
 * What a reviewer ticked, beside what was ticked before.
 * @throws Invalid for an id that is no criterion's
 */
export function checkedList(
  { content }: FormOfRequest,
  row: RequestRow,
  items: readonly ChecklistItem[],
): ChecklistItem[] {
  const known = new Set(criteriaOf(content).map(({ id }) => id))
  const faults = items.flatMap(({ id }, i): Fault[] =>
    known.has(id) ? [] : [{ path: `/checklist/${i}/id`, code: 'unknown-criterion' }],
  )
  if (faults.length > 0) throw new Invalid(...faults)
  const all = new Map([...row.checklist, ...items].map((item) => [item.id, item]))
  return [...all.values()]
}

/**
 * Ticks criteria of a request that is under review, without a decision.
 * @throws NotFound, Stale, Invalid, Conflict
 */
export async function tickCriteria(
  ctx: Context,
  reviewer: Reviewer,
  { id, expected }: { id: string; expected: Expected },
  items: readonly ChecklistItem[],
): Promise<RequestRow> {
  return inTransaction(ctx.db, async (tx) => {
    const row = await lockForReview(inside(ctx, tx), reviewer, id)
    assertFresh(expected, row.revision)
    if (row.state !== 'submitted') throw wrongState(row.state)
    const checklist = checkedList(await getForm(tx, row), row, items)
    return updateRequest(tx, row, { checklist }, ctx.clock())
  })
}
