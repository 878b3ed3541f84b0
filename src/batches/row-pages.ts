import type { Context } from '../context.ts'
import { Invalid } from '../errors.ts'
import { presentRow, type Reader } from './present.ts'
import type { Batch } from './queries.ts'
import { currentList, listRows, type StoredState } from './row-queries.ts'
import type { BatchRow, RowState } from './schema.ts'

/** Which rows of a batch, and how many. */
export interface RowRequest {
  readonly state?: RowState
  readonly limit: number
  readonly cursor?: string
}

/** A page of rows. Their order is that of the list, which does not change while they are issued. */
export async function pageOfRows(
  ctx: Context,
  batch: Batch,
  { state, limit, cursor }: RowRequest,
  reader: Reader,
): Promise<{ items: BatchRow[]; nextCursor?: string }> {
  const states = state ? storedStates(state, batch) : undefined
  const afterLine = cursor === undefined ? 0 : lineOf(cursor)
  const rows = await listRows(ctx.db, currentList(batch), {
    ...(states ? { states } : {}),
    afterLine,
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  const items = shown.map((row) => presentRow(row, batch, reader))
  return rows.length > limit ? { items, nextCursor: cursorOf(shown.at(-1)!.line) } : { items }
}

/** See stateOf: what is ready in a cancelled batch is cancelled. */
function storedStates(state: RowState, { status }: Batch): StoredState[] {
  if (state === 'cancelled') return status === 'cancelled' ? ['ready'] : []
  return state === 'ready' && status === 'cancelled' ? [] : [state]
}

function cursorOf(line: number): string {
  return Buffer.from(`line ${line}`).toString('base64url')
}

function lineOf(cursor: string): number {
  const line = /^line (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1]
  if (line === undefined) throw new Invalid({ path: '/cursor', code: 'cursor' })
  return Number(line)
}
