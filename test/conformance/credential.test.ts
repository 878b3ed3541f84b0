import { eq } from 'drizzle-orm'
import { compactVerify, importJWK, type JWK } from 'jose'
import t from 'tap'
import { credentials } from '../../src/assertions/table.ts'
import { termFault } from '../../src/vc/as-written.ts'
import { PROOF_SUITES } from '../../src/vc/credential.ts'
import { decodeJwt } from '../../src/vc/jwt.ts'
import { awardEverything, createFullestTenant, PLAINEST_BADGE } from '../support/everything.ts'
import { type Awarded, award, createBadge, createDraft, createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'
import { withSharedData } from '../support/shared-data.ts'
import { FAMILIES, standardSchema } from '../support/standard-schemas.ts'

const service = await startService(t)
const anyone = caller(service.app)

const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'

/** A badge of three sentences and no picture, for somebody who is a DID. */
async function awardLeast(issuer: object = {}): Promise<Awarded> {
  const tenant = await createTenant(service.app, issuer)
  const { id } = await createDraft(tenant, PLAINEST_BADGE)
  await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  return award(tenant, id, { recipient: { did: 'did:example:aicha' } })
}

const AWARDS: [what: string, make: (issuer?: object) => Promise<Awarded>][] = [
  ['every optional member', (issuer) => awardEverything(service, issuer)],
  ['the fewest members', awardLeast],
]

t.test('credentials pass both families of the standard’s schemas', withSharedData, async (t) => {
  for (const family of FAMILIES) {
    const validate = standardSchema(family, 'achievementcredential')
    for (const [what, make] of AWARDS) {
      for (const didMethod of ['web', 'key']) {
        const { path } = await make({ didMethod })
        const forms = PROOF_SUITES.map(async (suite) => (await anyone('GET', `${path}?proof=${suite}`)).body)
        const documents = [...(await Promise.all(forms)), claimsOf((await anyone('GET', `${path}.jwt`)).text)]
        for (const document of documents) {
          const form = document.proof?.[0].type ?? 'JWT'
          t.ok(validate(document), `${family}, ${what}, did:${didMethod}, ${form}`)
          t.equal(validate.errors, null)
        }
        const [{ credentialSubject: _, ...headless }] = documents
        t.notOk(validate(headless), 'and the schema can refuse')
      }
    }
  }
})

t.test('a language has the form that the schemas take', withSharedData, async (t) => {
  const tenant = await createTenant(service.app)
  const validate = FAMILIES.map((family) => standardSchema(family, 'achievementcredential'))
  for (const language of ['fr', 'pt-BR', 'zh-Hant-TW', 'es-419', 'gsw']) {
    const { path } = await award(tenant, (await createBadge(tenant, { language })).id)
    const { body } = await anyone('GET', path)
    t.ok(
      validate.every((passes) => passes(body)),
      language,
    )
  }
  for (const language of ['FR', 'fr_FR', 'fr-fr', 'de-1901', 'en-US-x-twain', 'français', '']) {
    const body = { ...PLAINEST_BADGE, language }
    const refused = await tenant.call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, body)
    t.match(refused, { status: 400, body: { errors: [{ path: '/language' }] } }, language)
  }
})

t.test('a Profile passes the standard’s schemas', withSharedData, async (t) => {
  const { slug } = await createFullestTenant(service)
  const { body } = await anyone('GET', `/issuers/${slug}`)
  for (const family of FAMILIES) {
    const validate = standardSchema(family, 'profile')
    t.ok(validate(body), family)
    t.equal(validate.errors, null)
    t.notOk(validate({ ...body, type: ['Person'] }), 'and the schema can refuse')
  }
})

t.test('every term of a credential is defined by its contexts, and nothing is null or empty', async (t) => {
  for (const [what, make] of AWARDS) {
    const { path } = await make()
    for (const suite of PROOF_SUITES) {
      const { body, text } = await anyone('GET', `${path}?proof=${suite}`)
      t.equal(await termFault(body), undefined)
      t.match(await termFault({ ...body, notDefined: 1 }), { code: 'undefined' })
      t.notMatch(text, /null|\[\]|\{\}|undefined/, what)
      t.ok(Array.isArray(body.proof) && body.proof.length === 1)
      t.match(body.proof[0], {
        type: suite === 'eddsa-rdfc-2022' ? 'DataIntegrityProof' : suite,
        proofPurpose: 'assertionMethod',
        created: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
        verificationMethod: new RegExp(`^${body.issuer.id}#z6Mk`),
      })
      t.equal(body['@context'].includes(ED25519_2020), suite === 'Ed25519Signature2020')
    }
  }
})

t.test('the JWT has the header and the claims of the standard, no others', async (t) => {
  for (const [what, make] of AWARDS) {
    const { path } = await make()
    const { text, headers } = await anyone('GET', `${path}.jwt`)
    t.equal(headers['content-type'], 'text/plain')
    const { body } = await anyone('GET', path)
    const { header, claims } = decodeJwt(text)!
    t.same(Object.keys(header).sort(), ['alg', 'kid', 'typ'], what)
    t.match(header, { alg: 'ES256', typ: 'JWT' })
    const { iss, jti, nbf, sub, exp, ...members } = claims
    t.equal(iss, body.issuer.id)
    t.equal(jti, body.id)
    t.equal(nbf, Date.parse(body.validFrom) / 1000)
    t.equal(exp, body.validUntil && Date.parse(body.validUntil) / 1000)
    t.equal('exp' in claims, 'validUntil' in body, 'exp only where it ends')
    t.match(sub, body.credentialSubject.id ?? /^urn:uuid:/)
    const { proof: _, ...unsigned } = body
    t.same(members, {
      ...unsigned,
      credentialSubject: { ...unsigned.credentialSubject, id: sub },
    })
  }
})

t.test('the key of a JWT resolves where its kid says, and verifies it', async (t) => {
  const web = await createTenant(service.app)
  const token = (await anyone('GET', `${(await award(web, (await createBadge(web)).id)).path}.jwt`)).text
  const { kid } = decodeJwt(token)!.header
  const did = (await anyone('GET', `/issuers/${web.slug}/did.json`)).body
  t.ok(did.assertionMethod.includes(kid))
  const method = did.verificationMethod.find(({ id }: { id: string }) => id === kid)
  const sets = [`/issuers/${web.slug}/jwks.json`, '/.well-known/jwks.json'].map(async (path) =>
    (await anyone('GET', path)).body.keys.find((key: JWK) => key.kid === kid),
  )
  for (const jwk of [method.publicKeyJwk, ...(await Promise.all(sets))]) {
    t.ok(await verifies(token, jwk))
    t.equal(jwk.d, undefined)
  }

  const key = await createTenant(service.app, { didMethod: 'key' })
  const other = (await anyone('GET', `${(await award(key, (await createBadge(key)).id)).path}.jwt`)).text
  const address = decodeJwt(other)!.header.kid!
  t.ok(address.startsWith(`${PUBLIC_URL}/keys/z`), 'a did:key has no room for a second key')
  const found = await anyone('GET', address.slice(PUBLIC_URL.length))
  t.match(found, { status: 200, headers: { 'content-type': 'application/jwk+json' } })
  t.match(found.body, { kty: 'EC', crv: 'P-256', kid: address, iss: key.did })
  t.equal(found.body.d, undefined)
  t.ok(await verifies(other, found.body))
  t.notOk(await verifies(other, method.publicKeyJwk), 'another issuer’s key does not verify it')
})

t.test('the bytes that were stored are served, whatever becomes of issuer and badge', async (t) => {
  const tenant = await createFullestTenant(service)
  const badge = await createBadge(tenant)
  const made = await award(tenant, badge.id)
  const forms = ['', '.json', '.jwt', '?proof=Ed25519Signature2020', '?proof=eddsa-rdfc-2022']
  const read = () => Promise.all(forms.map(async (form) => (await anyone('GET', made.path + form)).text))
  const first = await read()
  await tenant.call('PATCH', `/v1/issuers/${tenant.slug}`, { name: 'Autre nom', proofSuite: PROOF_SUITES[1] })
  await tenant.call('POST', `/v1/issuers/${tenant.slug}/signing-keys/rotate`)
  await tenant.call('PATCH', `/v1/badge-classes/${badge.id}`, { name: 'Autre badge' })
  await tenant.call('POST', `/v1/badge-classes/${badge.id}/publish`)
  t.same(await read(), first)

  const rows = await service.ctx.db.select().from(credentials).where(eq(credentials.id, made.credentialId))
  const stored = Object.fromEntries(rows.map(({ form, body }) => [form, body]))
  t.same(Object.keys(stored).sort(), ['Ed25519Signature2020', 'issued', 'vc-jwt'])
  const { issued, 'vc-jwt': jwt, Ed25519Signature2020: legacy } = stored
  t.same(first, [issued, issued, jwt, legacy, issued])
})

t.test('each form is signed once, however many ask for it first', async (t) => {
  const { path, credentialId } = await awardEverything(service)
  for (const form of ['.jwt', '?proof=Ed25519Signature2020']) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => anyone('GET', path + form)))
    t.ok(answers.every(({ status }) => status === 200))
    t.equal(new Set(answers.map(({ text }) => text)).size, 1, form)
  }
  const rows = await service.ctx.db.select().from(credentials).where(eq(credentials.id, credentialId))
  t.equal(rows.length, 3)
})

t.test('the proof is what the issuer chose, or what one fetch asks for', async (t) => {
  const { path } = await awardEverything(service, { proofSuite: 'Ed25519Signature2020' })
  const suiteOf = async (query: string) => {
    const [proof] = (await anyone('GET', path + query)).body.proof
    return proof.cryptosuite ?? proof.type
  }
  t.equal(await suiteOf(''), 'Ed25519Signature2020')
  t.equal(await suiteOf('?proof=eddsa-rdfc-2022'), 'eddsa-rdfc-2022')
  t.equal(await suiteOf('.json?proof=Ed25519Signature2020'), 'Ed25519Signature2020')
  for (const query of ['?proof=ecdsa-sd-2023', '?proof=', '?proof=ed25519signature2020']) {
    t.match(await anyone('GET', path + query), { status: 400, body: { errors: [{ path: '/proof' }] } })
  }
})

// biome-ignore lint/suspicious/noExplicitAny: the claims of any token
function claimsOf(token: string): any {
  return decodeJwt(token)!.claims
}

async function verifies(token: string, jwk: JWK): Promise<boolean> {
  return compactVerify(token, await importJWK(jwk, 'ES256')).then(
    () => true,
    () => false,
  )
}
