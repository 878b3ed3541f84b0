import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { TSchema } from 'typebox'
import { OAuthError } from '../../errors.ts'
import { Closed, Slug } from '../../fields.ts'
import { answer, json } from '../../http/answers.ts'
import { bearerOf } from '../../http/bearer.ts'
import { fromForm, registerForms } from '../../http/form-body.ts'
import { limited } from '../../http/limited.ts'
import { oauthErrors, registerOAuth, unreadableIs, WRITE_ERRORS } from '../../http/oauth.ts'
import { parseJson } from '../../json.ts'
import { getGrant } from './access-token.ts'
import { giveNonce } from './give-nonce.ts'
import { provideCredential } from './provide-credential.ts'
import { recordNotification } from './record-notification.ts'
import { redeemCode } from './redeem-code.ts'
import {
  CredentialRequest,
  CredentialResponse,
  DeferredRequest,
  NonceResponse,
  Notification,
  TokenRequest,
  TokenResponse,
} from './schema.ts'

const tags = ['OpenID4VCI']
const params = Closed({ slug: Slug })
const security = [{ walletToken: [] }]

/** More than any proof needs. */
const bodyLimit = 128 * 1024
const FORM = 'application/x-www-form-urlencoded'

/** What every endpoint is told to be, where it differs only in what it takes and gives. */
const config = (unreadable: string) => ({ ...limited('wallets'), ...unreadableIs(unreadable) })
const gives = (status: number, body: object, ...errors: number[]) => ({
  [status]: body,
  ...oauthErrors(...WRITE_ERRORS, ...errors),
})

/** Where wallets collect by OpenID4VCI: the final edition and draft 13 at the same addresses. */
export const openidRoutes: FastifyPluginAsyncTypebox = async (app) => {
  registerOAuth(app)
  registerForms(app)
  // A presentation is a document of somebody else: its text stays as it was signed.
  app.removeContentTypeParser(['application/json', 'application/merge-patch+json'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, bytes: Buffer) =>
    bytes.length === 0 ? undefined : parseJson(bytes, { foreign: true }),
  )

  app.post(
    '/oid4vci/:slug/token',
    {
      config: config('invalid_request'),
      bodyLimit,
      preValidation: fromForm((form) => Object.fromEntries(form)),
      schema: {
        tags,
        summary: 'Redeem a pre-authorised code',
        description:
          'OpenID4VCI 1.0, section 6. The code and whether a `tx_code` is needed stand in the offer (`/oid4vci/{slug}/offers/…`); a code is redeemed once, and a wrong `tx_code` may be tried five times. The token lives ten minutes. `c_nonce` is for wallets of draft 13; those of 1.0 ask `/nonce`. Errors: invalid_request, invalid_grant, unsupported_grant_type.',
        params,
        body: { content: { [FORM]: { schema: TokenRequest } } } as unknown as TSchema,
        response: gives(200, json('The access token', TokenResponse)),
      },
    },
    async ({ ctx, params, form }, reply) => {
      if (!form) throw new OAuthError('invalid_request', `The body must be ${FORM}`)
      return reply.send(await redeemCode(ctx, params.slug, form))
    },
  )

  app.post(
    '/oid4vci/:slug/credential',
    {
      config: config('invalid_credential_request'),
      bodyLimit,
      schema: {
        tags,
        summary: 'Collect a credential',
        description:
          'OpenID4VCI 1.0, section 8. The proof is a JWT (`typ` openid4vci-proof+jwt, `aud` the credential_issuer, `iat`, `nonce`; EdDSA or ES256; `kid` a did:key or did:jwk URL, or `jwk`, which becomes a did:jwk of its members in alphabetical order), or a presentation (`di_vp`: `challenge` the nonce, `domain` the credential_issuer). With `format` or `proof` the request is one of draft 13 and is answered `credential`; otherwise `credentials`. Errors: invalid_credential_request, unknown_credential_configuration, unknown_credential_identifier, unsupported_credential_format, unsupported_credential_type, invalid_proof, invalid_nonce (both with a fresh `c_nonce`), invalid_encryption_parameters, credential_request_denied.',
        security,
        params,
        body: CredentialRequest,
        response: gives(200, json('The credential', CredentialResponse), 401),
      },
    },
    async (request, reply) => {
      const { ctx, params, body } = request
      const text = await provideCredential(ctx, params.slug, { token: bearerOf(request), body })
      return reply.type('application/json').send(Buffer.from(text))
    },
  )

  app.post(
    '/oid4vci/:slug/deferred',
    {
      config: config('invalid_credential_request'),
      bodyLimit,
      schema: {
        tags,
        summary: 'Ask for a credential that was not ready; here every one is ready at once',
        description:
          'OpenID4VCI 1.0, section 9. Every `transaction_id` is refused with invalid_transaction_id.',
        security,
        params,
        body: DeferredRequest,
        response: gives(200, json('Never', CredentialResponse), 401),
      },
    },
    async (request) => {
      await getGrant(request.ctx, request.params.slug, bearerOf(request))
      throw new OAuthError('invalid_transaction_id', 'No credential of this issuer is ever deferred')
    },
  )

  app.post(
    '/oid4vci/:slug/notification',
    {
      config: config('invalid_notification_request'),
      bodyLimit,
      schema: {
        tags,
        summary: 'Tell what has become of a credential',
        description:
          'OpenID4VCI 1.0, section 11. A repeat changes nothing. Errors: invalid_notification_id, invalid_notification_request.',
        security,
        params,
        body: Notification,
        response: gives(204, answer('Noted'), 401),
      },
    },
    async (request, reply) => {
      const { ctx, params, body } = request
      await recordNotification(ctx, params.slug, { token: bearerOf(request), notification: body })
      return reply.code(204).send()
    },
  )

  await app.register(nonceRoute)
}

/** Wallets send no body here, under whatever type they like. */
const nonceRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async () => undefined)

  app.post(
    '/oid4vci/:slug/nonce',
    {
      config: config('invalid_request'),
      bodyLimit,
      schema: {
        tags,
        summary: 'A fresh nonce for the proof of a key',
        description:
          'OpenID4VCI 1.0, section 7. Without a body; each nonce is used once and lives ten minutes.',
        params,
        response: gives(200, json('The nonce', NonceResponse)),
      },
    },
    async ({ ctx, params }, reply) => {
      return reply.send(await giveNonce(ctx, params.slug))
    },
  )
}
