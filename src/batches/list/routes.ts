import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Invalid } from '../../errors.ts'
import { Closed, Uuid } from '../../fields.ts'
import { requires } from '../../http/access.ts'
import { json, LOCATION } from '../../http/answers.ts'
import { acceptListBodies, listOf } from '../../http/list-bodies.ts'
import { readerOf } from '../../http/reader.ts'
import { createCheck } from '../../http/validation.ts'
import { createBatch } from '../create.ts'
import { checkEvent, IN_QUERY } from '../event.ts'
import { presentBatch } from '../present.ts'
import { getBatch } from '../queries.ts'
import { replaceRows } from '../replace-rows.ts'
import { currentList, listProblems } from '../row-queries.ts'
import { Batch, type BatchEvent, BatchOptions, BatchQuery, ListDocument } from '../schema.ts'

const tags = ['Batches']
const ById = Closed({ id: Uuid })
const writing = requires('batches:write')

/** Rows that the answer to a list names; all of them are at `/rows`. */
const MAX_PROBLEMS = 100

const body = {
  content: {
    'text/csv': { schema: Type.String({ description: 'A line of headings, then a line for each person' }) },
    'application/json': { schema: ListDocument },
  },
}

const checkOptions = createCheck(BatchOptions)
const checkNoOptions = createCheck(Closed({}))

/** The routes that take a list: 64 MiB at most, never in memory as a whole. */
export const batchListRoutes: FastifyPluginAsyncTypebox = async (plain) => {
  const app = acceptListBodies(plain)
  // The schema of a body documents it; what arrives here is the name of a file.
  const compile = plain.validatorCompiler!
  app.setValidatorCompiler((part) => (part.httpPart === 'body' ? () => true : compile(part)))

  app.post(
    '/v1/badge-classes/:id/batches',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Post a list of people: a dry run, which issues nothing',
        params: ById,
        querystring: BatchQuery,
        body,
        response: { 201: json('The batch, with what would become of each row', Batch, LOCATION) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, params, query } = request
      const fromQuery = optionsOf(query)
      const batch = await createBatch(ctx, actor, params.id, {
        source: listOf(request.body),
        readOptions: (document) => ({ ...checkOptions(document ?? {}), ...fromQuery }),
      })
      reply.code(201).header('location', `${ctx.config.publicUrl}/v1/batches/${batch.id}`)
      const problems = await listProblems(ctx.db, currentList(batch), MAX_PROBLEMS)
      return presentBatch(batch, readerOf(request), { problems })
    },
  )

  app.put(
    '/v1/batches/:id/rows',
    {
      config: writing,
      schema: {
        tags,
        summary: 'Put a corrected list in the place of the list',
        params: ById,
        body,
        response: { 200: json('The batch, and how the list differs from the one before', Batch) },
      },
    },
    async (request) => {
      const { ctx, actor, params, expected } = request
      // Another tenant's batch is not found before its list is looked at.
      await getBatch(ctx.db, actor, params.id)
      const source = listOf(request.body)
      const { batch, difference } = await replaceRows(ctx, actor, params.id, {
        source,
        expected,
        checkOptions: checkNoOptions,
      })
      const problems = await listProblems(ctx.db, currentList(batch), MAX_PROBLEMS)
      return presentBatch(batch, readerOf(request), { problems, difference })
    },
  )
}

/** What the query says of a list in CSV. @throws Invalid */
function optionsOf(query: BatchQuery): BatchOptions {
  const { discloseName, notify, eventName } = query
  const { eventDate, eventStartDate, eventEndDate, eventPlace, eventUrl } = query
  const rest: Omit<BatchEvent, 'name'> = JSON.parse(
    JSON.stringify({
      date: eventDate,
      startDate: eventStartDate,
      endDate: eventEndDate,
      place: eventPlace,
      url: eventUrl,
    }),
  )
  if (eventName === undefined && Object.keys(rest).length > 0) {
    throw new Invalid({ path: '/eventName', code: 'event-name' })
  }
  const event = eventName === undefined ? undefined : { name: eventName, ...rest }
  if (event) checkEvent(event, IN_QUERY)
  return {
    ...(event ? { event } : {}),
    ...(discloseName === undefined ? {} : { discloseName }),
    ...(notify === undefined ? {} : { notify }),
  }
}
