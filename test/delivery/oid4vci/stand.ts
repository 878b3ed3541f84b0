import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { CredentialFormat } from '../../../src/assertions/schema.ts'
import type { Config } from '../../../src/config.ts'
import type { Json } from '../../../src/vc/credential.ts'
import { freePort } from '../../support/command.ts'
import { award, createBadge, createTenant, type Tenant } from '../../support/factories.ts'
import { startService, type TestService } from '../../support/service.ts'
import { stranger } from '../../support/stranger.ts'

/** A claim that was offered, and its links. */
interface Offered {
  readonly assertionId: string
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into any answer
  readonly claim: any
  readonly link: string
}

/** A service that wallets reach under its own public address, with one issuer. */
export interface Stand {
  readonly service: TestService
  readonly tenant: Tenant
  /** The credential issuer identifier. */
  readonly issuer: string
  /** A new claim to a new assertion; `claim` are the members of its request. */
  offer(format: CredentialFormat, claim?: object, tenant?: Tenant): Promise<Offered>
  /** What a credential says when it verifies: the DID that it names, and its contents. @throws when it does not */
  verify(credential: unknown): Promise<{ subject: unknown; document: Json }>
}

/** @param issuer members of its creation; `config` in the place of the usual configuration */
export async function startStand(
  t: Parameters<typeof startService>[0],
  issuer: object = {},
  config: Partial<Config> = {},
): Promise<Stand> {
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const service = await startService(t, { publicUrl, port, ...config })
  const { app } = service
  await app.listen({ port, host: '127.0.0.1' })
  const tenant = await createTenant(app, issuer)
  const badges = new Map<string, string>()
  const askLibrary = stranger(app, publicUrl)

  async function verifyJwt(jwt: string) {
    const keys = createRemoteJWKSet(new URL(`${publicUrl}/issuers/${tenant.slug}/jwks.json`))
    const { payload, protectedHeader } = await jwtVerify(jwt, keys, { issuer: tenant.did })
    return { subject: payload.sub, document: { protectedHeader, ...payload } }
  }

  return {
    service,
    tenant,
    issuer: `${publicUrl}/oid4vci/${tenant.slug}`,
    async offer(format, claim = {}, by = tenant) {
      const badge = badges.get(by.slug) ?? (await createBadge(by)).id
      badges.set(by.slug, badge)
      const { id } = await award(by, badge)
      const offered = await by.call('POST', `/v1/assertions/${id}/claims`, claim)
      if (offered.status !== 201) throw new Error(offered.text)
      return { assertionId: id, claim: offered.body, link: offered.body.openid[format] }
    },
    async verify(credential) {
      if (typeof credential === 'string') return verifyJwt(credential)
      const { verified, why } = await askLibrary(credential as object)
      if (!verified) throw new Error(why)
      const document = credential as Json
      return { subject: (document.credentialSubject as Json).id, document }
    },
  }
}
