import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Closed, Slug } from '../fields.ts'
import { requires } from '../http/access.ts'
import { json } from '../http/answers.ts'
import { readForeignJson } from '../http/json-body.ts'
import { ISSUE_EXAMPLES, STATUS_EXAMPLES } from './examples.ts'
import { issueCredential } from './issue-credential.ts'
import { ChangedStatus, IssuedCredential, NewCredential, StatusChange } from './schema.ts'
import { setStatus } from './set-status.ts'

const tags = ['VC API']
const ofIssuer = Closed({ slug: Slug })

/** VC API for integrators: any credential, signed as given. */
export const vcApiRoutes: FastifyPluginAsyncTypebox = async (app) => {
  readForeignJson(app)

  app.post(
    '/v1/issuers/:slug/credentials/issue',
    {
      config: requires('vc:sign'),
      schema: {
        tags,
        summary: 'Sign any credential as given',
        description:
          'Takes a credential of VCDM 2.0 or 1.1, not only badges. It is held against the whole data model, signed with the issuer’s key, verified, and kept nowhere. What it says survives, but for the issuer: another than the issuer of the key is replaced by its DID.',
        params: ofIssuer,
        body: { ...NewCredential, examples: ISSUE_EXAMPLES },
        response: { 201: json('The credential with its proof', IssuedCredential) },
      },
    },
    async ({ ctx, actor, params, body }, reply) => {
      const verifiableCredential = await issueCredential(ctx, actor, params.slug, body)
      reply.code(201)
      return { verifiableCredential }
    },
  )

  app.post(
    '/v1/issuers/:slug/credentials/status',
    {
      config: requires('vc:sign'),
      schema: {
        tags,
        summary: 'Revoke or suspend a credential that was signed as given, or lift a suspension',
        description:
          'A credential is found by its `id` (`credentialId`): every entry of every credential of that id is changed, or those of one `statusPurpose`. One without an `id` is found by its `credentialStatus`. Badges are not found here: they are revoked by `POST /v1/assertions/{id}/revoke`. What is so already stays so. A revocation is for good: `false` is a 409 then.',
        params: ofIssuer,
        body: { ...StatusChange, examples: STATUS_EXAMPLES },
        response: { 200: json('The entries of the credential, as they are now', ChangedStatus) },
      },
    },
    async ({ ctx, actor, params, body }) => setStatus(ctx, actor, params.slug, body),
  )
}
