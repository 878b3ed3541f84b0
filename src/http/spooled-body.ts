import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import { CallerError } from '../errors.ts'
import { removeTemporary, type TemporaryFile, writeTemporary } from '../storage/temporary-files.ts'

/** How long a sender that was refused may go on sending, so that it reads the answer before the line is cut. */
const LINGER_MS = 2000

/**
 * Lets the bodies of this scope be files, which live as long as their request: the `path` of a request's body is
 * deleted when nobody waits for the answer any more. What a killed process left behind is swept later.
 */
export function keepSpooledBodies(scope: FastifyInstance): void {
  // Of an answer that was sent and of one that nobody waits for any more: onResponse knows only the former.
  scope.addHook('preValidation', async (request, reply) => {
    if (reply.raw.destroyed) await removeSpooled(request)
    else reply.raw.once('close', () => void removeSpooled(request))
  })
  // A hook before the one above can refuse the request.
  scope.addHook('onError', async (request) => removeSpooled(request))
  // The framework would close the line in the middle of the upload, and the sender might never see the answer.
  scope.addHook('onSend', async (request, reply) => {
    if (request.raw.complete === false) reply.removeHeader('connection')
  })
  scope.addHook('onResponse', async (request) => cutLater(request.raw))
}

/**
 * Writes a body, or a part of one, to a file as it comes.
 * @param kind a part of the file's name
 * @throws CallerError 413 while it comes, as soon as it is more than `maxBytes`; 400 when it breaks off
 */
export async function spool(
  payload: Readable,
  { kind, maxBytes, announced }: { kind: string; maxBytes: number; announced?: string | undefined },
): Promise<TemporaryFile> {
  if (Number(announced) > maxBytes) throw new CallerError(413, 'too-large')
  return writeTemporary(kind, chunksOf(payload), maxBytes)
}

async function* chunksOf(payload: Readable): AsyncGenerator<Buffer> {
  try {
    // The stream outlives the loop: destroying it would cut the line before the answer.
    yield* payload.iterator({ destroyOnReturn: false })
  } catch {
    // The sender is gone, or was too slow.
    throw new CallerError(400, 'bad-request')
  }
}

async function removeSpooled({ body, log }: FastifyRequest): Promise<void> {
  const { path } = (body ?? {}) as { path?: string }
  if (path !== undefined) await removeTemporary(path, complain(log))
}

function complain(log: FastifyBaseLogger) {
  return (err: unknown) => log.error({ err }, 'the file of a body cannot be deleted')
}

/** What is still being sent after the answer is thrown away for a moment; then the line is cut. */
function cutLater(raw: IncomingMessage): void {
  if (raw.complete !== false) return
  raw.resume()
  const timer = setTimeout(() => raw.destroy(), LINGER_MS)
  raw.once('close', () => clearTimeout(timer))
}
