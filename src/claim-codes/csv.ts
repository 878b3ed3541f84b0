import { stringify } from 'csv-stringify/sync'
import type { Actor, Context } from '../context.ts'
import { getPrintableSet } from './printable.ts'
import { listUses } from './queries.ts'

/** The codes of a set for a spreadsheet: number, code, address, and how often it was used. @throws NotFound */
export async function claimCodesCsv(ctx: Context, actor: Actor, id: string): Promise<string> {
  const { codes } = await getPrintableSet(ctx, actor, id)
  const uses = await listUses(ctx.db, id)
  const rows = codes.map(({ number, code, url }) => [number, code, url, uses[number - 1]])
  return stringify([['number', 'code', 'url', 'uses'], ...rows], {
    delimiter: ';',
    record_delimiter: 'windows',
    bom: true,
  })
}
