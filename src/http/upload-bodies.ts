import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CallerError, Invalid } from '../errors.ts'
import { removeTemporary, type TemporaryFile } from '../storage/temporary-files.ts'
import { keepSpooledBodies, spool } from './spooled-body.ts'

/** A file as it was handed in, in a file of this machine that lives as long as its request. */
export interface UploadBody extends TemporaryFile {
  /** As its sender calls it; empty where nothing was said. */
  readonly name: string
}

/**
 * Lets the routes of this scope take one file of any kind: as the body itself, named by `?name=` or by
 * Content-Disposition, or alone in a `multipart/form-data`. It goes to a file as it comes.
 * @param limits.kind a part of the file's name
 */
export async function acceptUploads(
  scope: FastifyInstance,
  limits: { kind: string; maxBytes: number },
): Promise<void> {
  scope.removeAllContentTypeParsers()
  // One byte more is seen, so that too large a file is told from a whole one.
  await scope.register(multipart, {
    limits: { fileSize: limits.maxBytes + 1, fieldSize: 1024, parts: 10 },
    throwFileSizeLimit: false,
  })
  scope.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const announced = request.headers['content-length']
    const file = await spool(payload, { ...limits, announced })
    return { ...file, name: nameOf(request) } satisfies UploadBody
  })
  // RFC 9110, section 15.5.16: what is packed is not unpacked here, nor stored as it is.
  scope.addHook('onRequest', async ({ headers }, reply) => {
    if (/^(identity)?$/i.test(headers['content-encoding'] ?? '')) return
    reply.header('accept-encoding', 'identity')
    throw new CallerError(415, 'unsupported-media-type')
  })
  scope.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await spoolOnlyPart(request, limits)
  })
  keepSpooledBodies(scope)
}

/** @throws Invalid when there is no body */
export function uploadOf(body: unknown): UploadBody {
  if (typeof body === 'object' && body !== null && 'path' in body) return body as UploadBody
  throw new Invalid({ path: '', code: 'evidence-empty' })
}

async function spoolOnlyPart(
  request: FastifyRequest,
  limits: { kind: string; maxBytes: number },
): Promise<UploadBody> {
  let upload: UploadBody | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type !== 'file' || upload) throw new Invalid({ path: '', code: 'evidence-one-file' })
      upload = { ...(await spool(part.file, limits)), name: part.filename ?? '' }
    }
    if (!upload) throw new Invalid({ path: '', code: 'evidence-one-file' })
    return upload
  } catch (error) {
    if (upload) await removeTemporary(upload.path, (err) => request.log.error({ err }, 'a file stays'))
    // The parser reads no further; the rest of the body is thrown away after the answer.
    request.raw.unpipe()
    if (error instanceof CallerError) throw error
    throw new CallerError(400, 'bad-request')
  }
}

function nameOf({ query, headers }: FastifyRequest): string {
  const { name } = query as { name?: string }
  return name ?? nameIn(headers['content-disposition'] ?? '')
}

/** The name in Content-Disposition (RFC 6266, section 4): that in UTF-8 where there are two. */
function nameIn(disposition: string): string {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^\s;]+)/i.exec(disposition)?.[1]
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended)
    } catch {
      // The other one, then.
    }
  }
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(disposition)
  const given = plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? ''
  // Many senders write UTF-8 here; the bytes of a header are read as ISO 8859-1.
  const bytes = Buffer.from(given, 'latin1')
  const utf8 = bytes.toString('utf8')
  return utf8.includes('\ufffd') ? given : utf8
}
