import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import t from 'tap'
import { createForeignDocuments } from '../../src/outgoing/foreign-documents.ts'
import { createGuardedFetch } from '../../src/outgoing/guarded-fetch.ts'
import type { Json } from '../../src/vc/credential.ts'
import { toBase58 } from '../../src/vc/keys.ts'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { ALL_WELL, type ForeignIssuer, foreignIssuer, unsigned, verifier } from '../support/foreign-issuer.ts'
import {
  type Certificate,
  makeCertificate,
  startHttpsServer,
  WITHOUT_OPENSSL,
} from '../support/https-server.ts'
import { caller, startService } from '../support/service.ts'

const certificate = await makeCertificate()
const GENUINE = { ...ALL_WELL, issuer: 'warning:issuer-foreign', status: 'status-none' }

t.test('issuers of elsewhere, by did:web', certificate ? {} : { skip: WITHOUT_OPENSSL }, async (t) => {
  const documents = new Map<string, unknown>()
  const asked: string[] = []
  const server = await startHttpsServer(certificate as Certificate, (request, response) => {
    asked.push(request.url!)
    const document = documents.get(request.url!)
    response.writeHead(document === undefined ? 404 : 200, { 'cache-control': 'no-store' })
    response.end(JSON.stringify(document))
  })
  const fetch = createGuardedFetch({
    isAllowed: (address) => ['127.0.0.1', '::1'].includes(address),
    ca: certificate!.cert,
  })
  const service = await startService(t, {}, { foreign: createForeignDocuments(fetch, () => new Date()) })
  t.teardown(server.close)
  const verify = verifier(service.app)
  const host = `did:web:localhost%3A${server.port}`

  /** Publishes the document of an issuer at this path, changed as said. */
  function publish(issuer: ForeignIssuer, path: string, change: object = {}): void {
    const { did, key, publicKeyMultibase } = issuer
    const method = { id: key.id, type: 'Multikey', controller: did, publicKeyMultibase }
    documents.set(path, { id: did, verificationMethod: [method], assertionMethod: [key.id], ...change })
  }

  t.test('a credential is verified by the document of its issuer', async (t) => {
    const places = [
      [`${host}:issuers:1`, '/issuers/1/did.json'],
      [host, '/.well-known/did.json'],
    ] as const
    for (const [did, path] of places) {
      const issuer = foreignIssuer(did)
      publish(issuer, path)
      for (const suite of ['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const) {
        const credential = await issuer.issue({}, suite)
        const told = await verify(credential)
        t.strictSame(told.checks, GENUINE)
        t.equal(told.valid, true)
        t.equal((await verify({ ...credential, name: 'Autre' })).checks.proof, 'failed:proof-invalid')
      }
    }
  })

  t.test('so is a token, ES256 or RS256', async (t) => {
    for (const alg of ['ES256', 'RS256']) {
      const did = `${host}:tokens:${alg}`
      const { publicKey, privateKey } = await generateKeyPair(alg)
      const kid = `${did}#1`
      const method = {
        id: kid,
        type: 'JsonWebKey',
        controller: did,
        publicKeyJwk: await exportJWK(publicKey),
      }
      documents.set(`/tokens/${alg}/did.json`, {
        id: did,
        verificationMethod: [method],
        assertionMethod: [kid],
      })
      const credential = unsigned(did)
      const { id, credentialSubject, validFrom } = credential
      const claims = { iss: did, jti: id, sub: credentialSubject.id, nbf: Date.parse(validFrom) / 1000 }
      const token = await new CompactSign(Buffer.from(JSON.stringify({ ...credential, ...claims })))
        .setProtectedHeader({ alg, kid, typ: 'JWT' })
        .sign(privateKey)
      const told = await verify(token, { 'content-type': 'text/plain' })
      t.strictSame(told.checks, GENUINE, alg)
    }
  })

  t.test('a key that the document does not give for assertions does not count', async (t) => {
    const did = `${host}:partial`
    const issuer = foreignIssuer(did)
    const method = { id: issuer.key.id, type: 'Multikey', publicKeyMultibase: issuer.publicKeyMultibase }
    const credential = await issuer.issue()
    const changes: [string, object, string][] = [
      ['embedded', { verificationMethod: [], assertionMethod: [{ ...method, controller: did }] }, 'proof-ok'],
      ['not listed', { assertionMethod: [] }, 'failed:proof-key-unknown'],
      [
        'for another purpose',
        { assertionMethod: undefined, authentication: [issuer.key.id] },
        'failed:proof-key-unknown',
      ],
      ['no such method', { verificationMethod: [] }, 'failed:proof-key-unknown'],
      [
        'of another controller',
        { verificationMethod: [{ ...method, controller: 'did:web:evil.example' }] },
        'failed:proof-key-unknown',
      ],
      ['of no controller', { verificationMethod: [method] }, 'failed:proof-key-unknown'],
      ['the document of another', { id: `${host}:other` }, 'skipped:proof-issuer-not-resolved'],
    ]
    for (const [name, change, expected] of changes) {
      publish(issuer, '/partial/did.json', change)
      const told = await verify(credential)
      t.equal(told.checks.proof, expected, name)
      t.equal(told.valid, expected === 'proof-ok', name)
    }
  })

  t.test('a document of any shape gets a verdict', async (t) => {
    const did = `${host}:odd`
    const issuer = foreignIssuer(did)
    const credential = await issuer.issue()
    const id = issuer.key.id
    const values = [
      null,
      1,
      'x',
      id,
      {},
      { id },
      [null],
      [[]],
      [1],
      [{}],
      [{ id }],
      [{ id, controller: did }],
    ]
    for (const value of values) {
      publish(issuer, '/odd/did.json', { assertionMethod: value })
      t.equal((await verify(credential)).status, 200, `assertionMethod: ${JSON.stringify(value)}`)
      publish(issuer, '/odd/did.json', { verificationMethod: value })
      const told = await verify(credential)
      t.equal(told.checks.proof, 'failed:proof-key-unknown', `verificationMethod: ${JSON.stringify(value)}`)
      const method = { id, controller: did, publicKeyMultibase: value, publicKeyJwk: value }
      publish(issuer, '/odd/did.json', { verificationMethod: [method] })
      t.equal((await verify(credential)).valid, false, `publicKeyMultibase: ${JSON.stringify(value)}`)
    }
    for (const document of [null, [], 'x', 1, {}]) {
      documents.set('/odd/did.json', document)
      t.equal((await verify(credential)).checks.proof, 'skipped:proof-issuer-not-resolved')
    }
  })

  t.test('what cannot be fetched is told as not looked up', async (t) => {
    const names = [
      `${host}:absent`,
      'did:web:localhost%3A1',
      'did:web:10.0.0.1',
      'did:web:',
      'did:web:a/b',
      'did:example:1',
    ]
    for (const did of names) {
      const told = await verify(
        await foreignIssuer(did)
          .issue()
          .catch(() => foreign(did)),
      )
      t.equal(told.checks.proof, 'skipped:proof-issuer-not-resolved', did)
      t.equal(told.valid, false)
    }
    t.match(service.logged(), 'a foreign document could not be fetched')
  })

  t.test('nothing is fetched for our own issuers, nor for a context', async (t) => {
    const tenant = await createTenant(service.app)
    const { path } = await award(tenant, (await createBadge(tenant)).id)
    const before = asked.length
    t.equal((await verify((await caller(service.app)('GET', path)).body)).valid, true)
    const issuer = foreignIssuer()
    const elsewhere = `https://localhost:${server.port}`
    const credential = unsigned(issuer.did)
    const contexts = [...credential['@context'], `${elsewhere}/context`]
    t.equal(
      (await verify({ ...credential, '@context': contexts })).checks.terms,
      'failed:terms-context-unknown',
    )
    t.equal(asked.length, before)
  })
})

function foreign(did: string): Json {
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
    verificationMethod: `${did}#1`,
    proofValue: toBase58(Buffer.alloc(64, 7)),
  }
  return { ...unsigned(did), proof: [proof] }
}
