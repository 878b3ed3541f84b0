import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Db, OpenDb } from '../db/db.ts'

/** What is done in the background; each name has its handler in jobs/handlers.ts. */
const JOB_NAMES = ['issue-batch', 'tell-awarded', 'send-mail', 'remove-files'] as const
export type JobName = (typeof JOB_NAMES)[number]

/**
 * Does the work of one job. It may be run again for a job that was done already, so it is idempotent. Where it
 * throws, and where it ends after `signal` fired, the job counts as not done and comes again.
 * @param signal fires when this process stops, or when the job was given to another one
 */
export type JobHandler = (data: Record<string, string>, signal: AbortSignal) => Promise<void>

/** Work that outlives the request that asked for it, kept in the database. */
export interface Queue {
  /**
   * Enqueues in the transaction that makes the job necessary: no commit, no job.
   * @param data ids only
   * @param options.startAfter by the clock of the database
   */
  send(db: Db, name: JobName, data: Record<string, string>, options?: { startAfter?: Date }): Promise<void>
  /** The same for many jobs, by one statement. */
  sendMany(db: Db, name: JobName, data: readonly Record<string, string>[]): Promise<void>
  /** Looks for jobs now and not at the next interval. Call it after the commit; harmless at any time. */
  wake(name: JobName): void
  /** Starts to work, at so many jobs of each name at a time in this process. */
  start(handlers: Record<JobName, JobHandler>, concurrency: Record<JobName, number>): Promise<void>
  /** Fires the handlers' signals, gives them ten seconds to end, and closes. What was not done comes again. */
  stop(): Promise<void>
}

const POLL_SECONDS = 2

/** When to look for a job that was just sent: its transaction ends soon, nobody tells when. */
const NUDGES_MS = [10, 40, 150, 500]

/** How long `stop` waits; how often the jobs of dead processes are looked for, and old jobs removed. */
const TIMES = { stopMs: 10_000, superviseSeconds: 10 }

/** Retries after about 1, 2, 4, ... 60 s: a hundred of them outlast any restart of the database. */
const JOB = {
  retryLimit: 100,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  // A handler may take hours: what tells a dead process is its silence, not the time a job takes.
  expireInSeconds: 24 * 3600,
  heartbeatSeconds: 30,
  deleteAfterSeconds: 24 * 3600,
}

/**
 * Opens the queue in the schema `pgboss` of the database, which it makes or brings up to date; safe when several
 * replicas start at once. It works nothing before `start`.
 * @param times other ones for a test
 */
export async function createQueue(
  database: OpenDb,
  log: Logger,
  times: Partial<typeof TIMES> = {},
): Promise<Queue> {
  const { stopMs, superviseSeconds } = { ...TIMES, ...times }
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.run(text, values) },
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    maintenanceIntervalSeconds: 3600,
    // Dependencies between jobs and indexes built after an update: the first is not used here, the second is rare.
    flowIntervalSeconds: 3600,
    bamIntervalSeconds: 600,
  })
  boss.on('error', (error) => log.warn(describe(error), 'the job queue met an error and goes on'))
  boss.on('warning', ({ message }) => log.warn({ message }, 'the job queue warns'))
  try {
    await boss.start()
    for (const name of JOB_NAMES) await prepare(boss, name)
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined)
    throw error
  }
  return workOn(boss, log, stopMs)
}

/** Makes the queue of a name, and has pg-boss remember it. */
async function prepare(boss: PgBoss, name: JobName): Promise<void> {
  if (!(await boss.getQueue(name))) await boss.createQueue(name)
  // pg-boss reads a queue on first use, and outside the caller's transaction: on the embedded engine a first
  // `send` would wait for its own transaction for ever.
  await boss.findJobs(name, { id: '00000000-0000-0000-0000-000000000000' })
}

function workOn(boss: PgBoss, log: Logger, stopMs: number): Queue {
  const stopping = new AbortController()
  const workers: { name: JobName; id: string }[] = []
  const wake = (name: JobName) => {
    for (const worker of workers) if (worker.name === name) boss.notifyWorker(worker.id)
  }
  const nudge = (name: JobName) => {
    for (const ms of NUDGES_MS) setTimeout(() => wake(name), ms).unref()
  }
  return {
    async send(db, name, data, options = {}) {
      await boss.send(name, data, { ...JOB, ...options, db: inTransactionOf(db) })
      nudge(name)
    },
    async sendMany(db, name, data) {
      const jobs = data.map((one) => ({ ...JOB, data: one }))
      await boss.insert(name, jobs, { db: inTransactionOf(db) })
      nudge(name)
    },
    wake,
    async start(handlers, concurrency) {
      for (const name of JOB_NAMES) {
        const handler = guarded(handlers[name], stopping.signal, log)
        // One by one, for pg-boss tells the id of the first alone.
        for (let slot = 0; slot < concurrency[name]; slot++)
          workers.push({ name, id: await work(boss, name, handler) })
      }
    },
    async stop() {
      stopping.abort()
      const ended = Promise.all(JOB_NAMES.map((name) => boss.offWork(name, { wait: true })))
      const timer = Promise.withResolvers<void>()
      const timeout = setTimeout(timer.resolve, stopMs)
      await Promise.race([ended, timer.promise])
      clearTimeout(timeout)
      // Puts back what is still running, so that another process takes it soon.
      await boss.stop({ graceful: false })
    },
  }
}

function inTransactionOf(db: Db) {
  return fromDrizzle(db as Parameters<typeof fromDrizzle>[0], sql)
}

interface Job {
  readonly id: string
  readonly name: string
  readonly data: Record<string, string>
  readonly retryCount: number
  readonly signal: AbortSignal
}

/** One worker: polls, and after each job looks for the next one at once. Returns its id. */
async function work(boss: PgBoss, name: JobName, handler: (job: Job) => Promise<void>): Promise<string> {
  let id: string | undefined
  id = await boss.work<Record<string, string>>(
    name,
    { pollingIntervalSeconds: POLL_SECONDS },
    async ([job]) => {
      try {
        await handler(job!)
      } finally {
        if (id) boss.notifyWorker(id)
      }
    },
  )
  return id
}

/** Runs a handler so that stopping reaches it, and so that pg-boss, which stores errors, sees no statement. */
function guarded(handler: JobHandler, stopping: AbortSignal, log: Logger) {
  return async ({ id, name, data, retryCount, signal }: Job) => {
    try {
      await handler(data, AbortSignal.any([signal, stopping]))
    } catch (error) {
      const described = describe(error)
      if (!stopping.aborted)
        log.warn({ job: name, id, retryCount, ...described }, 'a job failed and comes again')
      throw new Error(described.message)
    }
    if (stopping.aborted) throw new Error('the process stopped')
  }
}

/** drizzle's message is the statement with its values, which may be personal: the driver's tells enough. */
function describe(error: unknown): { message: string; code?: string } {
  const cause = error instanceof Error && error.cause ? error.cause : error
  const { message = String(cause), code } = (cause ?? {}) as { message?: string; code?: string }
  return { message: message.slice(0, 500), ...(code ? { code } : {}) }
}
