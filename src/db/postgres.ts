import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Logger } from 'pino'
import type { OpenDb } from './db.ts'
import { MIGRATIONS_FOLDER, refuseNewerDatabase } from './migrate.ts'
import { PreparingClient } from './preparing-client.ts'

/** Any constant serves, as long as every replica uses the same one. */
const MIGRATION_LOCK = 3_141_592_653

/** A process that hangs in the middle of a transaction gives its locks back after this time. */
const IDLE_IN_TRANSACTION_MS = 60_000

/** Opens PostgreSQL and brings it to the current schema. Safe when several replicas start at once. */
export async function openPostgres(url: string, log: Logger): Promise<OpenDb> {
  await migrateAlone(url)
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  })
  // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log.warn({ message: error.message }, 'an idle database connection broke'))
  // One that breaks inside a transaction fails its next statement; that too would end the process, unheard.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const run = async (text: string, values?: unknown[]) => {
    // Of several statements pg gives several results.
    const results = [await pool.query(text, values)].flat()
    return { rows: results.flatMap(({ rows }) => rows) }
  }
  return { db: drizzle(pool), run, close: () => pool.end() }
}

/** drizzle's migrate() is not safe among replicas: a session lock on a client of its own makes it so. */
async function migrateAlone(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await refuseNewerDatabase(async (statement) => (await client.query(statement)).rows)
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER })
  } finally {
    await client.end()
  }
}
