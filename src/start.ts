import type { Logger } from 'pino'
import { hashKey } from './access/authenticate.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { openEmbedded } from './db/embedded.ts'
import { openPostgres } from './db/postgres.ts'
import { purgeIdempotencyKeys } from './http/idempotency/idempotency.ts'
import { createRasterizer } from './images/rasterize-apart.ts'
import { countIssuersElsewhere } from './issuers/queries.ts'
import { createSealer } from './keys/sealer.ts'
import { openServiceKey } from './keys/service-keys.ts'
import { createLog } from './log.ts'
import { createGuardedFetch } from './outgoing/guarded-fetch.ts'
import { loadSecrets } from './secret-files.ts'
import { openStorage } from './storage/open.ts'
import { didWebOf } from './vc/did.ts'

const PURGE_EVERY_MS = 3600 * 1000

export interface Started {
  readonly ctx: Context
  /** Closes what was opened, in the opposite order. */
  close(): Promise<void>
}

/**
 * Opens everything once: secrets, database (migrated), storage, the service's key.
 * @param parts what a test puts in the place of the real thing: the clock, the log, the guarded fetch
 * @throws ConfigError, FolderInUse, DatabaseTooNew, WrongMasterKey
 */
export async function createContext(
  config: Config,
  parts: Partial<Pick<Context, 'clock' | 'log' | 'fetchDocument'>> = {},
): Promise<Started> {
  const log = parts.log ?? createLog(config.logLevel)
  const secrets = await loadSecrets(config, log)
  const opened = await openDatabase(config, log)
  const fetchDocument = parts.fetchDocument ?? (config.resolveDidWeb ? createGuardedFetch() : undefined)
  const ctx: Context = {
    config,
    db: opened.db,
    storage: openStorage(config.storageUrl),
    log,
    clock: parts.clock ?? (() => new Date()),
    ...(fetchDocument ? { fetchDocument } : {}),
    rasterize: createRasterizer(),
    sealer: createSealer(secrets.masterKey),
    unsealedKeys: new Map(),
    operatorKeyHash: hashKey(secrets.operatorKey),
  }
  try {
    await openServiceKey(ctx)
    await warnOfMove(ctx)
  } catch (error) {
    await opened.close()
    throw error
  }
  const purge = setInterval(
    () => purgeIdempotencyKeys(ctx).catch((err) => log.error({ err }, 'purge failed')),
    PURGE_EVERY_MS,
  )
  purge.unref()
  const close = async () => {
    clearInterval(purge)
    await opened.close()
  }
  return { ctx, close }
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
