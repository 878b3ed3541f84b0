import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { MAX_EVIDENCE_BYTES } from '../../badge-classes/evidence-types.ts'
import { CallerError, Invalid, NotFound } from '../../errors.ts'
import { Closed, Uuid } from '../../fields.ts'
import { requires } from '../../http/access.ts'
import { answer, json } from '../../http/answers.ts'
import { sendAttachment } from '../../http/attachment.ts'
import { bearerOf } from '../../http/bearer.ts'
import { BY_TOKEN, TOKEN_PROBLEMS } from '../../http/by-token.ts'
import { limited } from '../../http/limited.ts'
import { acceptUploads, uploadOf } from '../../http/upload-bodies.ts'
import { getByResumeToken, getRequest } from '../queries.ts'
import { EvidenceFile } from '../schema.ts'
import { deleteEvidence } from './delete-evidence.ts'
import { EVIDENCE_KIND } from './limits.ts'
import { EXTENSIONS } from './media-types.ts'
import { type OpenedEvidence, openEvidence } from './open-evidence.ts'
import { getPlace, type Place } from './place.ts'
import { presentEvidence } from './present.ts'
import type { EvidenceRow } from './queries.ts'
import { getPartial, type PartRange, receivePart } from './receive-part.ts'
import { storeEvidence } from './store-evidence.ts'

const tags = ['Requests of a person']
const Slot = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', examples: ['certificate'] })
const BySlot = Closed({ id: Uuid, slot: Slot })
const ByFile = Closed({ id: Uuid, slot: Slot, file: Uuid })
const bytes = answer('The file', { '*/*': Type.String({ contentMediaType: 'application/octet-stream' }) })
export const evidenceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.register(uploadRoute)

  app.get(
    '/requests/:id/evidence/:slot/:file',
    {
      schema: {
        tags,
        summary: 'Download one’s file',
        description: 'As an attachment of the type that its content has.',
        security: BY_TOKEN,
        params: ByFile,
        response: { 200: bytes, ...TOKEN_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { ctx, params } = request
      await getByResumeToken(ctx, params.id, bearerOf(request))
      return send(reply, await openEvidence(ctx, params.id, params.file, { slot: params.slot }))
    },
  )

  app.delete(
    '/requests/:id/evidence/:slot/:file',
    {
      config: limited('publicWrites'),
      schema: {
        tags,
        summary: 'Delete a file, before the request is submitted',
        description: 'Its bytes are deleted too.',
        security: BY_TOKEN,
        params: ByFile,
        response: { 204: answer('It is gone'), ...TOKEN_PROBLEMS },
      },
    },
    async (request, reply) => {
      await deleteEvidence(request.ctx, placeOf(request), request.params.file)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/requests/:id/evidence/:slot',
    {
      config: limited('publicWrites'),
      schema: {
        tags,
        summary: 'Delete all that was added in one place, before the request is submitted',
        description: 'Also the parts of a file that has not come whole.',
        security: BY_TOKEN,
        params: BySlot,
        response: { 204: answer('It is empty'), ...TOKEN_PROBLEMS },
      },
    },
    async (request, reply) => {
      await deleteEvidence(request.ctx, placeOf(request))
      return reply.code(204).send()
    },
  )

  app.get(
    '/v1/requests/:id/evidence/:file',
    {
      config: requires('requests:read', 'requests:review'),
      schema: {
        tags: ['Requests'],
        summary: 'Download a file of a request that was submitted',
        params: Closed({ id: Uuid, file: Uuid }),
        response: { 200: bytes },
      },
    },
    async ({ ctx, actor, params }, reply) => {
      const found = await getRequest(ctx.db, actor, params.id)
      if (found.state === 'draft') throw new NotFound()
      return send(reply, await openEvidence(ctx, params.id, params.file))
    },
  )
}

const uploadRoute: FastifyPluginAsyncTypebox = async (app) => {
  await acceptUploads(app, { kind: EVIDENCE_KIND, maxBytes: MAX_EVIDENCE_BYTES })

  app.put(
    '/requests/:id/evidence/:slot',
    {
      config: { ...limited('publicWrites'), optionalBody: true },
      // Whoever may not upload is told so before the file is read.
      onRequest: async (request) => {
        await getPlace(
          request.ctx,
          placeOf(request as FastifyRequest<{ Params: { id: string; slot: string } }>),
        )
        rangeOf(request)
      },
      schema: {
        tags,
        summary: 'Add a file, 10 MB at most',
        security: BY_TOKEN,
        description: `As the body itself or as the one file of a \`multipart/form-data\`; what it is, its content tells: ${Object.values(EXTENSIONS).join(', ')}. In parts: \`Content-Range: bytes 0-1048575/5242880\`, one after the other, until the answer is 201; \`bytes */5242880\` without a body asks how much has come. Photos lose their metadata.`,
        params: BySlot,
        querystring: Closed({
          name: Type.Optional(Type.String({ maxLength: 1000, description: 'Its name' })),
        }),
        consumes: ['application/octet-stream', 'multipart/form-data'],
        response: {
          201: json('The file', EvidenceFile),
          202: json('What has come of it; the header Range says how far', EvidenceFile),
          ...TOKEN_PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { ctx } = request
      const place = placeOf(request)
      const range = rangeOf(request)
      if (!range) return sendStored(reply, await storeEvidence(ctx, place, uploadOf(request.body)))
      const row =
        'first' in range
          ? await receivePart(ctx, place, range, uploadOf(request.body))
          : await getPartial(ctx, place, range.total)
      return sendStored(reply, row)
    },
  )
}

function placeOf(request: FastifyRequest<{ Params: { id: string; slot: string } }>): Place {
  return { id: request.params.id, slot: request.params.slot, token: bearerOf(request) }
}

/**
 * `Content-Range: bytes 0-1048575/5242880` (RFC 9110, section 14.4), or only the length, where it asks.
 * @throws Invalid; CallerError 413 for a file that will be too large
 */
function rangeOf({ headers }: FastifyRequest): PartRange | { total: number } | undefined {
  const value = headers['content-range']
  if (value === undefined) return undefined
  const [, first, last, length] = /^bytes (?:(\d{1,12})-(\d{1,12})|\*)\/(\d{1,12})$/i.exec(value) ?? []
  const total = Number(length)
  const isMultipart = /^multipart\//i.test(headers['content-type'] ?? '')
  const fits = first === undefined || (Number(first) <= Number(last) && Number(last) < total)
  if (length === undefined || total === 0 || isMultipart || !fits) {
    throw new Invalid({ path: 'Content-Range', code: 'content-range' })
  }
  if (total > MAX_EVIDENCE_BYTES) throw new CallerError(413, 'too-large')
  return first === undefined ? { total } : { first: Number(first), last: Number(last), total }
}

function sendStored(reply: FastifyReply, row: EvidenceRow) {
  if (row.state === 'partial') reply.header('range', `bytes=0-${row.received - 1}`)
  return reply.code(row.state === 'partial' ? 202 : 201).send(presentEvidence(row))
}

function send(reply: FastifyReply, { file, size, stream }: OpenedEvidence) {
  return sendAttachment(reply, { name: file.name, mediaType: file.mediaType!, size, stream })
}
