import { importJWK, jwtVerify } from 'jose'
import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const { app } = service
const anyone = caller(app)

t.test('each issuer says by its own key that it is at this origin', async (t) => {
  const web = await createTenant(app)
  const own = await createTenant(app, { didMethod: 'key' })
  const answer = await anyone('GET', '/.well-known/did-configuration.json')
  t.equal(answer.status, 200)
  t.match(answer.headers['content-type'], /^application\/json/)
  t.equal(answer.headers['access-control-allow-origin'], '*')
  t.equal(answer.body['@context'], 'https://identity.foundation/.well-known/did-configuration/v1')
  t.equal(answer.body.linked_dids.length, 2)
  for (const tenant of [web, own]) {
    const keys = (await anyone('GET', `/issuers/${tenant.slug}/jwks.json`)).body.keys
    const jwk = keys.find((key: { crv: string }) => key.crv === 'Ed25519')
    const verified = await Promise.allSettled(
      answer.body.linked_dids.map(async (jwt: string) => jwtVerify(jwt, await importJWK(jwk, 'EdDSA'))),
    )
    const [mine] = verified.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    t.ok(mine, `${tenant.did} is linked by its own key`)
    t.strictSame(Object.keys(mine.protectedHeader).sort(), ['alg', 'kid'], 'no typ')
    t.equal(mine.protectedHeader.kid, jwk.kid)
    const { iss, sub, nbf, exp, vc } = mine.payload
    t.strictSame([iss, sub], [tenant.did, tenant.did])
    t.notOk('id' in vc, 'a DomainLinkageCredential has no id')
    t.match(vc, {
      issuer: tenant.did,
      type: ['VerifiableCredential', 'DomainLinkageCredential'],
      credentialSubject: { id: tenant.did, origin: PUBLIC_URL },
    })
    t.equal(Date.parse(vc.issuanceDate) / 1000, nbf)
    t.equal(Date.parse(vc.expirationDate) / 1000, exp)
  }
})

t.test('a DID document names its origin', async (t) => {
  const tenant = await createTenant(app)
  const { body } = await anyone('GET', `/issuers/${tenant.slug}/did.json`)
  t.match(body.service, [
    { id: `${tenant.did}#domain`, type: 'LinkedDomains', serviceEndpoint: { origins: [PUBLIC_URL] } },
  ])
})
