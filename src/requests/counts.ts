import { Type } from 'typebox'
import { Closed, Uuid } from '../fields.ts'
import type { countRequests } from './queries.ts'

/** How many requests there are of each kind. */
export const Counts = Closed({
  total: Type.Integer(),
  states: Type.Record(Type.String(), Type.Integer()),
  badgeClasses: Type.Array(
    Closed({ badgeClass: Uuid, total: Type.Integer(), states: Type.Record(Type.String(), Type.Integer()) }),
  ),
  structures: Type.Array(Closed({ structure: Type.String(), total: Type.Integer() })),
})

export function presentCounts({ states, structures }: Awaited<ReturnType<typeof countRequests>>) {
  const sum = (rows: { number: number }[]) => rows.reduce((total, { number }) => total + number, 0)
  const byState = (rows: typeof states) =>
    Object.fromEntries(
      [...Map.groupBy(rows, ({ state }) => state)].map(([state, some]) => [state, sum(some)]),
    )
  const byBadge = [...Map.groupBy(states, ({ badgeClass }) => badgeClass)]
  return {
    total: sum(states),
    states: byState(states),
    badgeClasses: byBadge.map(([badgeClass, rows]) => ({
      badgeClass,
      total: sum(rows),
      states: byState(rows),
    })),
    structures: structures.map(({ structure, number }) => ({ structure, total: number })),
  }
}
