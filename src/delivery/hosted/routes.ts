import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { credentialUrl } from '../../assertions/credential.ts'
import { CallerError } from '../../errors.ts'
import { Closed, UUID_PATTERN } from '../../fields.ts'
import { answer, problem } from '../../http/answers.ts'
import { noneMatch } from '../../http/etag.ts'
import { CREDENTIAL_TYPES, negotiate } from '../../http/negotiate.ts'
import { PROOF_SUITES } from '../../vc/credential.ts'
import { SignedCredentialDocument } from '../../vc/credential-schema.ts'
import { type Extension, representation } from './representations.ts'

/** What each media type is served from (OB 3.0, section 8.1; in our order of preference). */
const JWT_TYPES = ['application/vc+jwt', 'application/jwt', 'text/plain']
const FORMS: Record<string, Extension> = {
  ...Object.fromEntries(CREDENTIAL_TYPES.map((type) => [type, 'json'])),
  ...Object.fromEntries(JWT_TYPES.map((type) => [type, 'jwt'])),
  'image/png': 'png',
  'image/svg+xml': 'svg',
}

/** The same for a browser, which shows plain JSON and downloads the others. */
const SHOWN_TYPES = ['application/json', ...CREDENTIAL_TYPES]

/** The type of a form that was asked for by its suffix. */
const SUFFIX_TYPES: Record<Extension, string> = {
  json: 'application/vc+ld+json',
  jwt: 'text/plain',
  png: 'image/png',
  svg: 'image/svg+xml',
}

/** RFC 8288: the other forms, each at an address of its own. */
const ALTERNATES = {
  json: 'application/vc',
  jwt: 'application/vc+jwt',
  png: 'image/png',
  svg: 'image/svg+xml',
}

const File = Type.String({ pattern: `^${UUID_PATTERN}(\\.(json|jwt|png|svg|html))?$` })

const bodies = Object.fromEntries(
  Object.entries(FORMS).map(([type, form]) => [
    type,
    form === 'json' ? SignedCredentialDocument : Type.String(),
  ]),
)

export const hostedRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('vary', 'Accept').header('x-robots-tag', 'noindex').header('referrer-policy', 'no-referrer')
    done()
  })

  app.get(
    '/credentials/:file',
    {
      schema: {
        tags: ['Public documents'],
        summary: 'A signed credential, in the form that Accept or the suffix names',
        description:
          'Suffixes: .json .jwt .png .svg; what a wallet collected is there in the form that it collected, a document also as an image. The URL is a capability: it cannot be guessed.',
        params: Closed({ file: File }),
        querystring: Type.Object({
          proof: Type.Optional(Type.Enum([...PROOF_SUITES], { description: 'The embedded proof to serve' })),
        }),
        response: { 200: answer('The credential', bodies), 304: answer('Not modified'), 406: problem(406) },
      },
    },
    async (request, reply) => {
      const [id, suffix] = request.params.file.split('.') as [string, string?]
      const wanted = typeOf(request, suffix)
      const get = (form: Extension) => representation(request.ctx, id, form, request.query.proof)
      const found = await get(FORMS[wanted]!).catch((error: unknown) => {
        // A token that a wallet collected has no other form: whoever takes anything gets that.
        if (!isNotAcceptable(error) || suffix !== undefined || !takesAnything(request)) throw error
        return get('jwt')
      })
      const { bytes, etag, forms } = found
      const isToken = FORMS[wanted] === 'json' && bytes[0] !== OPEN_BRACE
      const type = isToken ? 'application/vc+jwt' : wanted
      const form = FORMS[type]!
      reply
        .header('etag', etag)
        .header('cache-control', 'no-cache')
        .header('link', alternates(request, id, forms))
      if (noneMatch(request, etag)) return reply.code(304).send()
      if (form === 'png' || form === 'svg') {
        reply.header('content-disposition', `attachment; filename="badge.${form}"`)
      }
      return reply.type(type).send(bytes)
    },
  )
}

/** A document begins with it, a token never. */
const OPEN_BRACE = 0x7b

const isNotAcceptable = (error: unknown) => error instanceof CallerError && error.status === 406
const takesAnything = ({ headers }: FastifyRequest) =>
  !headers.accept?.trim() || headers.accept.includes('*/*')

function typeOf(request: FastifyRequest, suffix: string | undefined): string {
  // A browser lists images beside the page that it wants: until there is a page, it gets the credential.
  const wantsPage = /text\/html/i.test(request.headers.accept ?? '')
  if (suffix === undefined) return negotiate(request, wantsPage ? SHOWN_TYPES : Object.keys(FORMS))
  if (suffix !== 'html') return SUFFIX_TYPES[suffix as Extension]
  throw new CallerError(406, 'not-acceptable', { params: { types: '.json, .jwt, .png, .svg' } })
}

function alternates(
  { ctx }: FastifyRequest,
  id: string,
  forms: readonly string[] = Object.keys(ALTERNATES),
): string {
  const url = credentialUrl(ctx.config.publicUrl, id)
  return Object.entries(ALTERNATES)
    .filter(([suffix]) => forms.includes(suffix))
    .map(([suffix, type]) => `<${url}.${suffix}>; rel="alternate"; type="${type}"`)
    .join(', ')
}
