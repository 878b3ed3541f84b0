import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { hashKey } from './access/authenticate.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { openEmbedded } from './db/embedded.ts'
import { openPostgres } from './db/postgres.ts'
import { createGatherer } from './gather.ts'
import { createRasterizer } from './images/rasterize-apart.ts'
import { countIssuersElsewhere } from './issuers/queries.ts'
import { startBackground } from './jobs/background.ts'
import { createQueue } from './jobs/queue.ts'
import { createSealer } from './keys/sealer.ts'
import { openServiceKey } from './keys/service-keys.ts'
import { createLog } from './log.ts'
import { openMailer } from './mail/transport.ts'
import { createScanner } from './outgoing/clamd.ts'
import { createForeignDocuments } from './outgoing/foreign-documents.ts'
import { createGuardedFetch } from './outgoing/guarded-fetch.ts'
import { loadSecrets } from './secret-files.ts'
import { createSigner } from './signing/signer.ts'
import { createBodyCache } from './storage/body-cache.ts'
import { openStorage } from './storage/open.ts'
import { didWebOf } from './vc/did.ts'
import { createDataHasher } from './vc/engine/data-hasher.ts'
import { createSchemaJudge } from './vc/foreign-schema/judge-apart.ts'

/** Ten thousand credentials of 4 kB. */
const CREDENTIAL_CACHE_BYTES = 48 * 1024 * 1024
const CREDENTIAL_CACHE_MS = 5 * 60 * 1000

export interface Started {
  readonly ctx: Context
  /** Lets the jobs of this process end, and begins no more. */
  stopBackground(): Promise<void>
  /** Closes what was opened, in the opposite order. */
  close(): Promise<void>
}

/**
 * Opens everything once: secrets, database (migrated), storage, the service's key.
 * @param parts what a test puts in the place of the real thing: the clock, the log, the documents of strangers
 * @throws ConfigError, FolderInUse, DatabaseTooNew, WrongMasterKey
 */
export async function createContext(
  config: Config,
  parts: Partial<Pick<Context, 'clock' | 'log' | 'foreign' | 'signer'>> = {},
): Promise<Started> {
  // Whatever a library makes of a hostile document, it adds nothing to every object of the process.
  Object.preventExtensions(Object.prototype)
  const log = parts.log ?? createLog(config.logLevel)
  const secrets = await loadSecrets(config, log)
  const opened = await openDatabase(config, log)
  const queue = await createQueue(opened, log).catch(async (error) => {
    await opened.close()
    throw error
  })
  const clock = parts.clock ?? (() => new Date())
  const foreign =
    parts.foreign ?? (config.fetchForeign ? createForeignDocuments(createGuardedFetch(), clock) : undefined)
  const mailer = config.smtpUrl ? openMailer(config.smtpUrl, config.mailFrom!) : undefined
  const ctx: Context = {
    config,
    db: opened.db,
    storage: openStorage(config.storageUrl),
    credentialBodies: createBodyCache(CREDENTIAL_CACHE_BYTES, CREDENTIAL_CACHE_MS),
    log,
    clock,
    ...(foreign ? { foreign } : {}),
    judgeBySchema: createSchemaJudge(),
    ...(config.scannerUrl ? { scan: createScanner(config.scannerUrl) } : {}),
    rasterize: createRasterizer(),
    sealer: createSealer(secrets.masterKey),
    unsealedKeys: new Map(),
    queue,
    ...(mailer ? { mailer } : {}),
    signer: parts.signer ?? createSigner(config.workers, config.selfCheckEvery),
    hashPresentation: createDataHasher(),
    shared: { gatherer: createGatherer(), recent: new LRUCache({ max: 500 }), statusEntries: new Map() },
    permutations: new LRUCache({ max: 100 }),
    operatorKeyHash: hashKey(secrets.operatorKey),
  }
  let stopBackground: () => Promise<void>
  try {
    await openServiceKey(ctx)
    await warnOfMove(ctx)
    stopBackground = await startBackground(ctx)
  } catch (error) {
    await queue.stop()
    mailer?.close()
    await ctx.signer.close()
    await opened.close()
    throw error
  }
  const close = async () => {
    await stopBackground()
    mailer?.close()
    await ctx.signer.close()
    await opened.close()
  }
  return { ctx, stopBackground, close }
}

/** A did:web is an address: under another PUBLIC_URL nobody finds the keys of the issuers made before. */
async function warnOfMove(ctx: Context): Promise<void> {
  const { publicUrl } = ctx.config
  const elsewhere = await countIssuersElsewhere(ctx.db, `${didWebOf(publicUrl)}:`)
  if (elsewhere > 0) {
    ctx.log.warn(
      { publicUrl, issuers: elsewhere },
      'issuers were made under another PUBLIC_URL: serve them there',
    )
  }
}

function openDatabase(config: Config, log: Logger) {
  return config.databaseUrl ? openPostgres(config.databaseUrl, log) : openEmbedded(config.dataDir)
}
