import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TSchema, Type } from 'typebox'
import { NotFound } from '../errors.ts'
import { Closed, Slug } from '../fields.ts'
import { answer, json, problem } from '../http/answers.ts'
import { DOCUMENT_TYPES, documentBodies, negotiate } from '../http/negotiate.ts'
import { serviceKeyHolder } from '../keys/active-key.ts'
import { findPublishedKey, listAllPublishedKeys, listPublishedKeys } from '../keys/queries.ts'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../vc/contexts.ts'
import { ProfileDocument } from '../vc/credential-schema.ts'
import { walletJson } from '../vc/wallet-json.ts'
import { getDidConfiguration } from './did-configuration.ts'
import { controllerDocument, didDocumentOf, publicJwkOf } from './did-document.ts'
import { profileOf } from './profile.ts'
import { getIssuerById, getPublicIssuer, listDids } from './queries.ts'

const tags = ['Public documents']
const BySlug = Closed({ slug: Slug })
const DidDocument = Type.Object(
  { '@context': Type.Array(Type.String()), id: Type.String() },
  { additionalProperties: true },
)
const Jwk = Type.Object({ kty: Type.String(), kid: Type.String() }, { additionalProperties: true })
const JWK_SET = 'application/jwk-set+json'
const jwkSet = (schema: TSchema) =>
  answer('The keys, retired ones too', { [JWK_SET]: Closed({ keys: Type.Array(schema) }) })

/** Keys change seldom, and a resolver that keeps them a minute finds a new one soon enough. */
const CACHE = 'public, max-age=60'

export const issuerDocumentRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/issuers/:slug',
    {
      schema: {
        tags,
        summary: 'The Profile of an issuer',
        description:
          'What wallets show of whoever issued a badge (Open Badges 3.0, section B.1.19). As JSON-LD, or as plain JSON where `Accept` asks for it.',
        params: BySlug,
        response: { 200: answer('The Profile', documentBodies(ProfileDocument)), 406: problem(406) },
      },
    },
    async (request, reply) => {
      const { ctx, params } = request
      reply.header('vary', 'Accept')
      const type = negotiate(request, DOCUMENT_TYPES)
      const profile = profileOf(await getPublicIssuer(ctx.db, params.slug), ctx.config.publicUrl)
      const document = { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3], ...profile }
      return reply
        .header('cache-control', CACHE)
        .type(type)
        .send(Buffer.from(walletJson(document)))
    },
  )

  app.get(
    '/issuers/:slug/did.json',
    {
      schema: {
        tags,
        summary: 'The DID document of an issuer',
        description: 'The did:web document: every key whose signatures still verify, retired ones too.',
        params: BySlug,
        response: { 200: json('The DID document', DidDocument) },
      },
    },
    async ({ ctx, params }, reply) => {
      const issuer = await getPublicIssuer(ctx.db, params.slug)
      reply.header('cache-control', CACHE)
      return didDocumentOf(issuer, ctx.config.publicUrl, await listPublishedKeys(ctx.db, issuer.id))
    },
  )

  app.get(
    '/issuers/:slug/jwks.json',
    {
      schema: {
        tags,
        summary: 'The public keys of an issuer',
        description: 'The same keys as a JWK set (RFC 7517).',
        params: BySlug,
        response: { 200: jwkSet(Jwk) },
      },
    },
    async ({ ctx, params }, reply) => {
      const issuer = await getPublicIssuer(ctx.db, params.slug)
      const keys = await listPublishedKeys(ctx.db, issuer.id)
      reply.header('cache-control', CACHE).type(JWK_SET)
      return { keys: keys.map((key) => publicJwkOf(key, issuer.did, ctx.config.publicUrl)) }
    },
  )

  app.get(
    '/.well-known/jwks.json',
    {
      schema: {
        tags,
        summary: 'The public keys of all issuers',
        description: 'One JWK set (RFC 7517) for verifiers that know only this origin.',
        response: { 200: jwkSet(Jwk) },
      },
    },
    async ({ ctx }, reply) => {
      const [keys, dids] = [await listAllPublishedKeys(ctx.db), await listDids(ctx.db)]
      reply.header('cache-control', CACHE).type(JWK_SET)
      return { keys: keys.map((key) => publicJwkOf(key, dids.get(key.issuerId!)!, ctx.config.publicUrl)) }
    },
  )

  app.get(
    '/.well-known/did.json',
    {
      schema: {
        tags,
        summary: 'The DID document of this origin',
        description: 'The service’s own did:web, by which it signs for itself; issuers have their own.',
        response: { 200: json('The DID document', DidDocument) },
      },
    },
    async ({ ctx }, reply) => {
      const { publicUrl } = ctx.config
      const { did } = serviceKeyHolder(publicUrl)
      reply.header('cache-control', CACHE)
      return controllerDocument(did, { publicUrl, path: '' }, await listPublishedKeys(ctx.db, null))
    },
  )

  app.get(
    '/.well-known/did-configuration.json',
    {
      schema: {
        tags,
        summary: 'The DIDs of this origin, each with its signed word that it is here',
        description:
          'A DID configuration (DIF Well Known DID Configuration): verifiers learn from it that the DIDs and this origin belong together.',
        response: {
          200: json(
            'The DID configuration',
            Closed({ '@context': Type.String(), linked_dids: Type.Array(Type.String()) }),
          ),
        },
      },
    },
    async ({ ctx }, reply) => {
      const { bytes } = await getDidConfiguration(ctx)
      return reply.header('cache-control', CACHE).type('application/json').send(bytes)
    },
  )

  app.get(
    '/keys/:multibase',
    {
      schema: {
        tags,
        summary: 'One public key of an issuer, as a JWK',
        description: 'Where the `kid` of a VC-JWT leads to: the key by its multibase.',
        params: Closed({ multibase: Type.String({ pattern: '^z[1-9A-HJ-NP-Za-km-z]{40,60}$' }) }),
        response: { 200: answer('The key', { 'application/jwk+json': Jwk }) },
      },
    },
    async ({ ctx, params }, reply) => {
      const key = await findPublishedKey(ctx.db, params.multibase)
      if (!key?.issuerId) throw new NotFound()
      const { did } = await getIssuerById(ctx.db, key.issuerId)
      reply.header('cache-control', CACHE).type('application/jwk+json')
      return publicJwkOf({ ...key, publicKeyMultibase: params.multibase }, did, ctx.config.publicUrl)
    },
  )
}
