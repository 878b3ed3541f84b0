import { gzipSync } from 'node:zlib'
import t from 'tap'
import { CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import { issueCredential } from '../support/credentials.ts'
import { createTenant } from '../support/factories.ts'
import { startWithStranger } from '../support/foreign-service.ts'
import { type Certificate, makeCertificate, WITHOUT_OPENSSL } from '../support/https-server.ts'
import { signatory } from '../support/proofs.ts'
import { caller, startService } from '../support/service.ts'

const certificate = await makeCertificate()
const service = await startService(t)
const call = caller(service.app)
const tenant = await createTenant(service.app, { didMethod: 'key' })
const STATUS = 'https://www.w3.org/ns/credentials/status-list#'

interface Entry {
  statusListCredential: string
}
const id = 'urn:uuid:9b2f1f6e-0d38-4d63-9a51-2c3b6a1e4d10'
const signed = await issueCredential(tenant, { id }, { status: true })
const list = new URL((signed.credentialStatus as unknown as Entry).statusListCredential).pathname

t.test(
  'Bitstring Status List 1.0, section 3.2: a list of another moment is a STATUS_RETRIEVAL_ERROR',
  async (t) => {
    for (const moment of ['2024-01-01T00:00:00Z', '2999-01-01T00:00:00+02:00']) {
      const answer = await call('GET', `${list}?timestamp=${encodeURIComponent(moment)}`)
      t.equal(answer.status, 404, moment)
      t.match(answer.headers['content-type'], 'application/problem+json')
      t.equal(answer.body.type, `${STATUS}STATUS_RETRIEVAL_ERROR`)
    }
    t.equal((await call('GET', list)).status, 200, 'that of now is there')
  },
)

t.test(
  'Bitstring Status List 1.0, section 3.5: a revoked credential is a problem of a type of the standard',
  async (t) => {
    const verify = () => call('POST', '/credentials/verify', { verifiableCredential: signed })
    t.equal((await verify()).status, 200)
    await tenant.call('POST', `/v1/issuers/${tenant.slug}/credentials/status`, { credentialId: id })
    const { status, body } = await verify()
    t.equal(status, 400)
    t.match(body.problemDetails, [{ code: 'status-revoked', title: String, detail: String }])
    t.ok(body.problemDetails[0].type.startsWith(STATUS), body.problemDetails[0].type)
  },
)

t.test('Bitstring Status List 1.0, section 5.2: the context of the standard is at hand', async (t) => {
  const contexts = [CREDENTIALS_V2, 'https://www.w3.org/ns/credentials/status/v1']
  const own = await issueCredential(tenant, { '@context': contexts }, { status: true })
  const answer = await call('POST', '/credentials/verify', { verifiableCredential: own })
  t.equal(answer.status, 200, answer.text)
})

t.test(
  'Bitstring Status List 1.0, section 3.2: STATUS_LIST_LENGTH_ERROR, RANGE_ERROR and STATUS_VERIFICATION_ERROR',
  certificate ? {} : { skip: WITHOUT_OPENSSL },
  async (t) => {
    const { service, origin, pages } = await startWithStranger(t, certificate as Certificate)
    const issuer = signatory()
    const bits = (bytes: number) => `u${gzipSync(Buffer.alloc(bytes)).toString('base64url')}`
    const publish = async (path: string, bytes: number, more: object = {}) => {
      const document = {
        '@context': [CREDENTIALS_V2],
        id: `${origin}${path}`,
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: issuer.did,
        credentialSubject: {
          type: 'BitstringStatusList',
          statusPurpose: 'revocation',
          encodedList: bits(bytes),
        },
      }
      pages.set(path, { ...document, proof: await issuer.prove(document), ...more })
    }
    await publish('/lists/good', 16_384)
    await publish('/lists/short', 16_383)
    await publish('/lists/altered', 16_384, { name: 'Autre' })
    await publish('/lists/unsigned', 16_384, { proof: undefined })
    const judge = async (path: string, statusListIndex: string, statusPurpose = 'revocation') => {
      const document = {
        '@context': [CREDENTIALS_V2],
        type: ['VerifiableCredential'],
        issuer: issuer.did,
        credentialSubject: { id: 'did:example:lou' },
        credentialStatus: {
          type: 'BitstringStatusListEntry',
          statusPurpose,
          statusListIndex,
          statusListCredential: `${origin}${path}`,
        },
      }
      const verifiableCredential = { ...document, proof: await issuer.prove(document) }
      const { status, body } = await caller(service.app)('POST', '/credentials/verify', {
        verifiableCredential,
      })
      return [status, body.problemDetails?.[0].type]
    }
    t.strictSame(await judge('/lists/good', '131071'), [200, undefined])
    t.strictSame(await judge('/lists/short', '1'), [400, `${STATUS}STATUS_LIST_LENGTH_ERROR`])
    t.strictSame(await judge('/lists/good', '131072'), [
      400,
      'https://www.w3.org/TR/vc-data-model#RANGE_ERROR',
    ])
    t.strictSame(await judge('/lists/good', '1', 'suspension'), [400, `${STATUS}STATUS_VERIFICATION_ERROR`])
    for (const path of ['/lists/altered', '/lists/unsigned'])
      t.strictSame(await judge(path, '1'), [400, `${STATUS}STATUS_VERIFICATION_ERROR`], path)
  },
)
