import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Closed, Uuid } from '../../fields.ts'
import { requires } from '../../http/access.ts'
import { json, LOCATION, problem } from '../../http/answers.ts'
import { limited } from '../../http/limited.ts'
import { languageOf, problemOf } from '../../http/problems.ts'
import { parseJson } from '../../json.ts'
import { walletJson } from '../../vc/wallet-json.ts'
import { exchangeUrl } from '../claims/addresses.ts'
import { linksOf } from '../claims/links.ts'
import { getLiveClaim } from '../claims/live-claim.ts'
import { Protocols, protocolsOf } from '../claims/protocols.ts'
import { createExchange } from './create-exchange.ts'
import { readMessage } from './message.ts'
import { getExchange } from './present-exchange.ts'
import { Exchange, ExchangeMessage, NewExchange } from './schema.ts'
import { currentRequest, takePart } from './take-part.ts'

const EXCHANGES = '/workflows/claim/exchanges'
const ById = Closed({ id: Uuid })
/** Many times what a presentation without credentials takes. */
const MAX_BYTES = 64 * 1024

/** Exchanges of VCALM (VC-API): a workflow with the name `claim`, whose exchanges are our claims. */
export const exchangeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  await app.register(coordinatorRoutes)
  await app.register(walletRoutes)
}

const coordinatorRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const tags = ['Claims']

  app.post(
    EXCHANGES,
    {
      config: requires('assertions:write'),
      schema: {
        tags,
        summary: 'Offer an assertion to a wallet, in the words of VCALM',
        body: NewExchange,
        response: { 201: json('The exchange', Exchange, LOCATION), 404: problem(404) },
      },
    },
    async (request, reply) => {
      const { ctx, actor, body } = request
      const id = await createExchange(ctx, actor, body)
      reply.code(201).header('location', exchangeUrl(ctx.config.publicUrl, id))
      return exchangeFor(request, id)
    },
  )

  app.get(
    `${EXCHANGES}/:id`,
    {
      config: requires('assertions:read'),
      schema: {
        tags,
        summary: 'How far an exchange is',
        params: ById,
        response: { 200: json('Its state', Exchange) },
      },
    },
    async (request) => exchangeFor(request, request.params.id),
  )
}

/** For wallets: the id of the exchange is all that they need. */
const walletRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const tags = ['Collecting']
  // Wallets name many types for JSON, or none; its text stays as it was signed.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, bytes: Buffer) =>
    /\S/.test(bytes.toString('latin1')) ? parseJson(bytes, { foreign: true }) : undefined,
  )

  app.post(
    `${EXCHANGES}/:id`,
    {
      config: { ...limited('wallets'), optionalBody: true },
      bodyLimit: MAX_BYTES,
      schema: {
        tags,
        summary: 'Collect a badge: one message of a wallet, and the answer',
        description:
          'Nothing or `{}` begins. `{"verifiablePresentation": …}` answers the challenge; older wallets send the presentation alone, and get one back. The presentation is signed for `authentication` with the challenge (and domain) of the request, by Ed25519Signature2020, eddsa-rdfc-2022 or ecdsa-rdfc-2019 and a did:key or did:jwk, which `holder` names; each challenge is used once. The credential stands in `verifiablePresentation.verifiableCredential`; `redirectUrl` comes when there is nothing left to collect. Any type is read as JSON.',
        consumes: ['application/json'],
        params: ById,
        response: {
          200: json('What is asked, or the credential, or where to go on', ExchangeMessage),
          403: problem(403),
          409: problem(409),
          410: problem(410),
          429: problem(429),
        },
      },
    },
    async ({ ctx, params, body }, reply) => send(reply, await takePart(ctx, params.id, readMessage(body))),
  )

  app.get(
    `${EXCHANGES}/:id/protocols`,
    {
      schema: {
        tags,
        summary: 'By which protocols a badge can be collected',
        description: 'The `protocols` of an interaction (VCALM): by each, the URL to begin at.',
        params: ById,
        response: { 200: json('The protocols', Closed({ protocols: Protocols })), 410: problem(410) },
      },
    },
    async ({ ctx, params }, reply) => {
      const live = await getLiveClaim(ctx, params.id)
      const protocols = protocolsOf(ctx.config.publicUrl, live, await linksOf(ctx, live))
      return send(reply, { protocols })
    },
  )

  app.get(
    `${EXCHANGES}/:id/request`,
    {
      schema: {
        tags,
        summary: 'What an exchange asks a wallet for at this moment; asking this changes nothing',
        description:
          'A verifiable presentation request; the challenge in it is the one that the next message must answer.',
        params: ById,
        response: {
          200: json(
            'The request, empty where nothing is asked for',
            Closed({ verifiablePresentationRequest: Type.Object({}, { additionalProperties: true }) }),
          ),
          403: problem(403),
          410: problem(410),
        },
      },
    },
    async ({ ctx, params }, reply) =>
      send(reply, { verifiablePresentationRequest: await currentRequest(ctx, params.id) }),
  )
}

/** Bytes of our own: one wallet decodes HTML entities before it parses. */
const send = (reply: FastifyReply, body: object) =>
  reply.type('application/json').send(Buffer.from(walletJson(body)))

async function exchangeFor(request: FastifyRequest, id: string): Promise<Exchange> {
  const { ctx, actor } = request
  const { exchange, lastError } = await getExchange(ctx, actor, id)
  if (!lastError) return exchange
  return { ...exchange, lastError: problemOf(ctx.config.publicUrl, lastError, languageOf(request)) }
}
