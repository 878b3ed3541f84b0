import type { Text } from '../messages.ts'
import type { Batch, Page, Row } from './api.ts'
import type { Client } from './client.ts'
import { STATES, TOLD } from './messages.ts'

/** So many rows of each kind are named; all of them are in the report. */
const NAMED = 50
/** The service tells no more problems than this with a batch, and no more rows than that on a page. */
const PROBLEMS = 100
const PAGE = 200

/** Rows that a person should look at for the same reason: the first of them, and how many there are. */
export interface ProblemRows {
  readonly kind: Text
  readonly rows: readonly Row[]
  readonly count: number
}

/** The rows in each of some states, where there are any. */
export async function findRows(
  client: Client,
  { id, counts }: Batch,
  states: readonly (keyof typeof STATES)[],
): Promise<ProblemRows[]> {
  const found: ProblemRows[] = []
  for (const state of states.filter((state) => counts[state] > 0)) {
    const { items } = await client.ask<Page<Row>>(
      'GET',
      `/v1/batches/${id}/rows?state=${state}&limit=${NAMED}`,
    )
    found.push({ kind: STATES[state], rows: items, count: counts[state] })
  }
  return found
}

/** The rows of a checked batch that are ready, and yet carry a suggestion. */
export async function findDoubtful(client: Client, batch: Batch): Promise<ProblemRows> {
  const { problems = [] } = batch
  const isWhole = problems.length < PROBLEMS
  const rows = isWhole ? problems.filter(isDoubtful) : []
  let count = rows.length
  for (let cursor: string | undefined = ''; !isWhole && cursor !== undefined; ) {
    const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
    const path = `/v1/batches/${batch.id}/rows?state=ready&limit=${PAGE}${after}`
    const { items, nextCursor } = await client.ask<Page<Row>>('GET', path)
    const doubtful = items.filter(isDoubtful)
    count += doubtful.length
    rows.push(...doubtful.slice(0, NAMED - Math.min(NAMED, rows.length)))
    cursor = nextCursor
  }
  return { kind: TOLD.doubtful, rows: rows.slice(0, NAMED), count }
}

function isDoubtful({ state, suggestion }: Row): boolean {
  return state === 'ready' && suggestion !== undefined
}
