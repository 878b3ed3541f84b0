import type { Context } from '../context.ts'
import type { Db } from './db.ts'

/** The context of a transaction: without what calls share, for a transaction may be undone. */
export function inside(ctx: Context, tx: Db): Context {
  const { shared: _, ...rest } = ctx
  return { ...rest, db: tx }
}
