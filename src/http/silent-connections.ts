import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Closes, when the service closes, the connections on which nothing was ever said: browsers and clients open some in
 * advance. Node counts such a one as busy (it is none that `server.closeIdleConnections` ends), and the end would
 * wait for it until the time for its headers is up, a minute.
 */
export function closeSilentConnections(app: FastifyInstance): void {
  const open = new Set<Socket>()
  app.server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('preClose', (done) => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    done()
  })
}
