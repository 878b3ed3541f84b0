import { randomBytes } from 'node:crypto'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { type Config, ConfigError, isMasterKey } from './config.ts'

/** The secrets of the service: from the environment, or on the embedded database from files in DATA_DIR. */
export async function loadSecrets(
  config: Config,
  log: Logger,
): Promise<{ operatorKey: string; masterKey: string }> {
  const { dataDir } = config
  const operatorKey =
    config.operatorKey ??
    (await readOrMake(dataDir, 'operator.key', () => `ecu_op_${randomBytes(32).toString('base64url')}`, log))
  if (!config.masterKey) await refuseLostMasterKey(dataDir)
  const masterKey =
    config.masterKey ??
    (await readOrMake(dataDir, 'master.key', () => randomBytes(32).toString('base64'), log))
  if (operatorKey.length < 32)
    throw new ConfigError([`${join(dataDir, 'operator.key')} holds fewer than 32 characters`])
  if (!isMasterKey(masterKey))
    throw new ConfigError([`${join(dataDir, 'master.key')} does not hold 32 bytes in base64`])
  return { operatorKey, masterKey }
}

/** A new master key could not open what the old one sealed. */
async function refuseLostMasterKey(folder: string): Promise<void> {
  const has = (name: string) => stat(join(folder, name)).then(Boolean, () => false)
  if ((await has('database')) && !(await has('master.key'))) {
    throw new ConfigError([
      `${join(folder, 'master.key')} is missing, and the database beside it was sealed with it`,
    ])
  }
}

/** Reads the file, or makes it at the first start, for its owner alone. Its place is logged, never its value. */
async function readOrMake(folder: string, name: string, make: () => string, log: Logger): Promise<string> {
  const path = join(folder, name)
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(path, `${make()}\n`, { flag: 'wx', mode: 0o600 })
    log.info({ path }, `made ${name}: keep it safe`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return (await readFile(path, 'utf8')).trim()
}
