import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { createContext } from './start.ts'

/** Open requests have this long to end after SIGTERM. */
const DRAIN_MS = 15_000

try {
  const config = readConfig()
  const { ctx, close } = await createContext(config)
  const app = await buildApp(ctx)
  closeWithGrace({ delay: DRAIN_MS, logger: ctx.log }, async ({ err, signal }) => {
    if (err) ctx.log.fatal({ err }, 'stopping after an error')
    else ctx.log.info({ signal }, 'stopping')
    await app.close()
    await close()
  })
  await app.listen({ host: config.host, port: config.port })
  ctx.log.info(
    { publicUrl: config.publicUrl, database: config.databaseUrl ? 'PostgreSQL' : 'embedded' },
    'ready',
  )
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
