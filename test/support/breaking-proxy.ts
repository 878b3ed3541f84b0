import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

/** How the proxy breaks a request; undefined passes it on. */
export type Breakage = 'before the answer' | 'after the answer' | 'as a web page' | undefined

/** A proxy in front of a service that loses what it is told to lose. @returns its address */
export async function breakingProxy(
  t: Test,
  target: string,
  breaks: (request: { method: string; path: string }) => Breakage,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const breakage = breaks({ method: request.method!, path: request.url! })
    if (breakage === 'before the answer') return request.socket.destroy()
    if (breakage === 'as a web page')
      return response.setHeader('content-type', 'text/html').end('<h1>Bonjour</h1>')
    const answer = await passOn(request, target).catch(() => undefined)
    if (breakage === 'after the answer' || !answer) return request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    for await (const chunk of answer.body ?? []) response.write(chunk)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function passOn(request: IncomingMessage, target: string): Promise<Response> {
  const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
  const body = Buffer.concat(await request.toArray())
  return fetch(target + request.url, {
    method: request.method!,
    headers: headers as Record<string, string>,
    ...(body.length > 0 ? { body } : {}),
  })
}
