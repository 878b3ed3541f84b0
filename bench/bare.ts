import type { UnsignedCredential } from '../src/vc/credential.ts'
import { freePort, startNode } from './child.ts'
import { LOG_LEVEL } from './service.ts'

/** The bare Fastify routes that requests per second are compared to, as a process of their own. */
export interface BareService extends AsyncDisposable {
  readonly origin: string
}

export async function startBareService(example: UnsignedCredential): Promise<BareService> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const child = startNode('bench/bare-process.ts', {
    PORT: String(port),
    LOG_LEVEL,
    EXAMPLE: JSON.stringify(example),
  })
  await child.ready(async () => (await fetch(`${origin}/credentials/any`)).ok)
  return { origin, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}
