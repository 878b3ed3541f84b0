import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { createContext } from './start.ts'

/** Open requests have this long to end after SIGTERM. */
const DRAIN_MS = 15_000

try {
  const config = readConfig()
  const { ctx, stopBackground, close } = await createContext(config)
  const app = await buildApp(ctx)
  const stop = async () => {
    await Promise.all([app.close(), stopBackground()])
    await close()
  }
  try {
    await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    await stop()
    throw error
  }
  closeWithGrace({ delay: DRAIN_MS, logger: ctx.log }, async ({ err, signal }) => {
    if (err) ctx.log.fatal({ err }, 'stopping after an error')
    else ctx.log.info({ signal }, 'stopping')
    await stop()
  })
  ctx.log.info(
    {
      publicUrl: config.publicUrl,
      reference: `${config.publicUrl}/docs`,
      database: config.databaseUrl ? 'PostgreSQL' : 'embedded',
    },
    'ready',
  )
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
