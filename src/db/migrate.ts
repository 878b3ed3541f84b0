import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../migrations')

/** The database was migrated by a newer version of the service than this one. */
class DatabaseTooNew extends Error {
  constructor() {
    super(
      'The database is newer than this version of Écusson: it holds migrations that this version does not know. Start the version that made them, or a later one.',
    )
  }
}

/** Runs one SQL statement and gives its rows. */
export type RunSql = (statement: string) => Promise<Record<string, unknown>[]>

/**
 * Refuses a database with a migration that is later than the last one of this code.
 * @throws DatabaseTooNew
 */
export async function refuseNewerDatabase(run: RunSql): Promise<void> {
  const [found] = await run(`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`)
  if (!found?.exists) return
  const [applied] = await run('select max(created_at)::text as last from drizzle.__drizzle_migrations')
  const journal = JSON.parse(await readFile(join(MIGRATIONS_FOLDER, 'meta/_journal.json'), 'utf8'))
  const lastKnown = Math.max(...journal.entries.map((entry: { when: number }) => entry.when))
  if (Number(applied?.last ?? 0) > lastKnown) throw new DatabaseTooNew()
}
