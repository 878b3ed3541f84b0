import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { CallerError } from '../errors.ts'

/**
 * Looks for harmful software in a file.
 * @returns is there any?
 * @throws CallerError 503 when the scanner does not say
 */
export type Scan = (path: string) => Promise<boolean>

/** A scanner that is silent for so long is no scanner. */
const SILENCE_MS = 30_000

/** Names of what was found are short. */
const MAX_ANSWER = 4096

/** @param url of a clamd: `tcp://host:port` or `unix:/path` */
export function createScanner(url: string): Scan {
  return async (path) => {
    const socket = open(url)
    try {
      const [answer] = await Promise.all([answerOf(socket), send(path, socket)])
      if (answer === 'stream: OK') return false
      if (/^stream: .+ FOUND$/.test(answer)) return true
      throw new Error(`The scanner says: ${answer}`)
    } catch (cause) {
      throw Object.assign(new CallerError(503, 'unavailable'), { cause })
    } finally {
      socket.destroy()
    }
  }
}

function open(url: string): Socket {
  const { protocol, hostname, port, pathname } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const socket = protocol === 'unix:' ? connect(pathname) : connect(Number(port), host)
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('The scanner is silent')))
  return socket
}

/** clamd(8), INSTREAM: each chunk after its length in four bytes, then a chunk of no length. */
async function send(path: string, socket: Socket): Promise<void> {
  await pipeline(
    createReadStream(path),
    async function* (chunks: AsyncIterable<Buffer>) {
      yield Buffer.from('zINSTREAM\0')
      for await (const chunk of chunks) {
        yield lengthOf(chunk.length)
        yield chunk
      }
      yield lengthOf(0)
    },
    socket,
    { end: false },
  )
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  return bytes
}

async function answerOf(socket: Socket): Promise<string> {
  let answer = ''
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    answer += chunk
    if (answer.includes('\0') || answer.length > MAX_ANSWER) break
  }
  return answer.split('\0')[0]!
}
