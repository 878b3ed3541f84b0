import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { OpenDb } from './db.ts'
import { lockFolder } from './folder-lock.ts'
import { MIGRATIONS_FOLDER, refuseNewerDatabase } from './migrate.ts'

/**
 * Opens the embedded database in `dataDir/database`, alone on its folder, and brings it to the current schema.
 * @throws FolderInUse when another process has it open
 */
export async function openEmbedded(dataDir: string): Promise<OpenDb> {
  await mkdir(dataDir, { recursive: true })
  const unlock = await lockFolder(dataDir)
  try {
    const engine = await PGlite.create(join(dataDir, 'database'))
    try {
      await refuseNewerDatabase(
        async (statement) => (await engine.query<Record<string, unknown>>(statement)).rows,
      )
      await migrate(drizzle(engine), { migrationsFolder: MIGRATIONS_FOLDER })
    } catch (error) {
      await engine.close()
      throw error
    }
    const close = async () => {
      await engine.close()
      await unlock()
    }
    const run = (text: string, values?: unknown[]) => runText(engine, text, values)
    return { db: drizzle(engine), run, close }
  } catch (error) {
    await unlock()
    throw error
  }
}

async function runText(engine: PGlite, text: string, values?: unknown[]) {
  if (!/^\s*begin\b/i.test(text)) return engine.query<Record<string, unknown>>(text, values)
  // In a transaction of the engine, which makes BEGIN and COMMIT of the text mere warnings: should it fail, the
  // engine rolls back before anybody else has its one connection.
  const results = await engine.transaction((tx) => tx.exec(text))
  return { rows: results.flatMap(({ rows }) => rows as Record<string, unknown>[]) }
}
