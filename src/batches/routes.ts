import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { toPage } from '../db/page.ts'
import { Closed, Slug, Uuid } from '../fields.ts'
import { requires } from '../http/access.ts'
import { answer, json } from '../http/answers.ts'
import { emptyBody } from '../http/empty-body.ts'
import { listQuery, pageOf, readPageRequest, sendPage } from '../http/paging.ts'
import { readerOf } from '../http/reader.ts'
import { getIssuerRow } from '../issuers/queries.ts'
import { cancelBatch } from './cancel.ts'
import { commitBatch } from './commit.ts'
import { batchEvents } from './events.ts'
import { presentBatch } from './present.ts'
import { getBatch, listBatches } from './queries.ts'
import { reportLines } from './report.ts'
import { retryBatch } from './retry.ts'
import { revokeBatch } from './revoke.ts'
import { pageOfRows } from './row-pages.ts'
import { BATCH_STATUSES, Batch, BatchRevocation, BatchRow, CommitRequest, ROW_STATES } from './schema.ts'

const tags = ['Batches']
const ById = Closed({ id: Uuid })
const reading = requires('batches:write', 'assertions:read')
const writing = requires('batches:write')

export const batchRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const stopping = new AbortController()
  app.addHook('preClose', async () => stopping.abort())

  app.get(
    '/v1/issuers/:slug/batches',
    {
      config: reading,
      schema: {
        tags,
        summary: 'List the batches of an issuer, newest first',
        params: Closed({ slug: Slug }),
        querystring: listQuery({
          badgeClass: Type.Optional(Uuid),
          status: Type.Optional(Type.Enum([...BATCH_STATUSES])),
        }),
        response: { 200: json('A page of batches', pageOf(Batch)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const issuer = await getIssuerRow(ctx.db, actor, params.slug)
      const page = readPageRequest(query)
      const rows = await listBatches(ctx.db, issuer.id, query, page)
      const reader = readerOf(request)
      return sendPage(
        request,
        reply,
        toPage(rows, page.limit, (row) => presentBatch(row, reader)),
      )
    },
  )

  app.get(
    '/v1/batches/:id',
    {
      config: reading,
      schema: {
        tags,
        summary: 'Read a batch and its progress',
        params: ById,
        response: { 200: json('The batch', Batch), 304: answer('Not modified') },
      },
    },
    async (request) => {
      const { ctx, actor, params } = request
      return presentBatch(await getBatch(ctx.db, actor, params.id), readerOf(request))
    },
  )

  app.get(
    '/v1/batches/:id/rows',
    {
      config: reading,
      schema: {
        tags,
        summary: 'List the rows of a batch, in the order of the list',
        params: ById,
        querystring: listQuery({ state: Type.Optional(Type.Enum([...ROW_STATES])) }),
        response: { 200: json('A page of rows', pageOf(BatchRow)) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const batch = await getBatch(ctx.db, actor, params.id)
      return sendPage(request, reply, await pageOfRows(ctx, batch, query, readerOf(request)))
    },
  )

  app.post(
    '/v1/batches/:id/commit',
    {
      config: writing,
      preValidation: emptyBody,
      schema: {
        tags,
        summary: 'Issue the ready rows, now or at a later time; a paused batch goes on',
        description: 'Without a body: now.',
        params: ById,
        body: CommitRequest,
        response: { 202: json('The batch; its rows are issued in the background', Batch) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, body } = request
      const batch = await commitBatch(ctx, actor, params.id, body)
      reply.code(202)
      return presentBatch(batch, readerOf(request))
    },
  )

  app.post(
    '/v1/batches/:id/retry',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Try the failed rows once more, and nothing else',
        params: ById,
        response: { 202: json('The batch', Batch) },
      },
    },
    async (request, reply) => {
      const batch = await retryBatch(request.ctx, request.actor, request.params.id)
      reply.code(202)
      return presentBatch(batch, readerOf(request))
    },
  )

  app.post(
    '/v1/batches/:id/cancel',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Stop what is not yet issued, for good',
        params: ById,
        response: { 200: json('The batch', Batch) },
      },
    },
    async (request) =>
      presentBatch(await cancelBatch(request.ctx, request.actor, request.params.id), readerOf(request)),
  )

  app.post(
    '/v1/batches/:id/revoke',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Revoke everything that the batch issued, for good, with one reason',
        params: ById,
        body: BatchRevocation,
        response: { 200: json('The batch', Batch) },
      },
    },
    async (request) => {
      const { ctx, actor, params, body } = request
      return presentBatch(await revokeBatch(ctx, actor, params.id, body.reason), readerOf(request))
    },
  )

  app.get(
    '/v1/batches/:id/report.csv',
    {
      config: reading,
      schema: {
        tags,
        summary: 'The list as posted, and what became of each row',
        params: ById,
        response: {
          200: answer('The caller’s columns, then state, reason and credentialUrl', {
            'text/csv': Type.String(),
          }),
        },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params } = request
      const batch = await getBatch(ctx.db, actor, params.id)
      const lines = reportLines(ctx, batch, readerOf(request))
      reply.header('content-disposition', `attachment; filename="batch-${batch.id}.csv"`)
      return reply
        .header('cache-control', 'private, no-store')
        .type('text/csv; charset=utf-8')
        .send(Readable.from(lines))
    },
  )

  app.get(
    '/v1/batches/:id/events',
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'Follow the progress of a batch as server-sent events',
        params: ById,
        response: {
          200: answer('Events `progress` and, at the end, `done`; their data is the batch as JSON', {
            'text/event-stream': Type.String(),
          }),
        },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params } = request
      // Before the stream begins: afterwards there is no status to tell it with.
      await getBatch(ctx.db, actor, params.id)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const reader = readerOf(request)
      const events = batchEvents(ctx, actor, params.id, {
        present: (batch) => JSON.stringify(presentBatch(batch, reader)),
        signal: AbortSignal.any([gone.signal, stopping.signal]),
      })
      return reply
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .type('text/event-stream')
        .send(Readable.from(events))
    },
  )
}
