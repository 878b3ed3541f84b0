import { sign } from 'node:crypto'
import { SignJWT } from 'jose'
import t from 'tap'
import { CREDENTIALS_V1, ED25519_2020 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { toBase58 } from '../../src/vc/keys.ts'
import { dataToSign } from '../../src/vc/verify-proof.ts'
import { createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'
import { MODEL_CASES } from '../support/vcdm-cases.ts'
import { credential, type Document, type ModelCase } from '../support/vcdm-documents.ts'
import { createWallet } from '../support/wallet.ts'

// What the data model asks of documents, asked of the service: it signs nothing else, and says of nothing else that
// it verifies.

const { app } = await startService(t)
const call = caller(app)
const tenant = await createTenant(app)
const signer = createWallet()
const challenge = 'u0123456789'
const domain = 'verifier.example'

const of = (kind: ModelCase['kind']) => MODEL_CASES.filter((one) => one.kind === kind)
const issue = (credential: unknown) =>
  tenant.call('POST', `/v1/issuers/${tenant.slug}/credentials/issue`, { credential })
const verifyCredential = (verifiableCredential: unknown) =>
  call('POST', '/credentials/verify', { verifiableCredential, options: { checks: ['proof'] } })
const verifyPresentation = (verifiablePresentation: unknown) =>
  call('POST', '/presentations/verify', {
    verifiablePresentation,
    options: { checks: ['proof'], challenge, domain },
  })

/** The faults of the model that a refusal names. */
const faultsIn = ({ body }: { body: Document }) =>
  (body.problemDetails ?? [])
    .filter(({ check }: Document) => check === 'model')
    .map(({ path, code }: Document) => ({ path, code }))

/** The same document by our signer, in whatever form it names whoever makes it. */
async function secure(document: Json, role: 'issuer' | 'holder', options: Json): Promise<Json> {
  const { proof: _, ...bare } = document
  const contexts = document['@context'] as unknown[]
  const isOld = contexts[0] === CREDENTIALS_V1
  const maker = document[role]
  const named: Json = {
    ...bare,
    ...(isOld ? { '@context': [...contexts, ED25519_2020] } : {}),
    ...(maker === undefined
      ? {}
      : { [role]: typeof maker === 'string' ? signer.did : { ...(maker as Json), id: signer.did } }),
  }
  const proof = {
    ...(isOld
      ? { type: 'Ed25519Signature2020' }
      : { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }),
    created: '2026-02-28T12:00:00Z',
    verificationMethod: signer.keyId,
    ...options,
  }
  const proofValue = toBase58(sign(null, await dataToSign(named, proof), signer.privateKey))
  return { ...named, proof: { ...proof, proofValue } }
}

const secureCredential = (credential: Json) =>
  secure(credential, 'issuer', { proofPurpose: 'assertionMethod' })

for (const { title, good, bad } of of('credential')) {
  t.test(`issued: ${title}`, async (t) => {
    for (const document of good.filter(({ proof }) => proof === undefined)) {
      const { status, body, text } = await issue(document)
      t.equal(status, 201, text)
      const { issuer: _i, proof: _p, '@context': _c, ...said } = body.verifiableCredential ?? {}
      const { issuer: _, '@context': _d, ...asked } = document
      t.same(said, asked, 'as given')
    }
    for (const [document, ...faults] of bad.filter(([{ proof }]) => proof === undefined)) {
      const { status, body } = await issue(document)
      t.equal(status, 400)
      const paths = (body.errors ?? []).map(({ path }: Document) => path)
      t.same(
        paths,
        faults.map(([path]) => `/credential${path}`),
        JSON.stringify(document),
      )
    }
  })

  t.test(`verified: ${title}`, async (t) => {
    for (const document of good) {
      const { status, text } = await verifyCredential(await secureCredential(document))
      t.equal(status, 200, text)
    }
    for (const [document, ...faults] of bad) {
      const answer = await verifyCredential(document)
      t.equal(answer.status, 400)
      t.same(
        faultsIn(answer),
        faults.map(([path, code]) => ({ path, code })),
        JSON.stringify(document),
      )
    }
  })
}

for (const { title, good, bad } of of('presentation')) {
  t.test(`verified: ${title}`, async (t) => {
    for (const document of good) {
      const answer = await verifyPresentation(await securePresentation(document))
      t.same(faultsIn(answer), [], JSON.stringify(document))
      if (isVerifiable(document)) t.equal(answer.status, 200, answer.text)
    }
    for (const [document, ...faults] of bad) {
      const answer = await verifyPresentation(document)
      t.equal(answer.status, 400)
      t.same(
        faultsIn(answer),
        faults.map(([path, code]) => ({ path, code })),
        JSON.stringify(document),
      )
    }
  })
}

const JWT = 'data:application/vc+jwt,'

/** Nobody signs tokens of other media types here, nor credentials that are nobody's but the holder's. */
function isVerifiable({ type, verifiableCredential = [] }: Document): boolean {
  const credentials: Document[] = [verifiableCredential].flat()
  const isPlain = !String(type).startsWith('Enveloped')
  return isPlain && credentials.every(({ proof, id }) => proof !== undefined || id.startsWith(JWT))
}

async function securePresentation(document: Document): Promise<Json> {
  if (String(document.type).startsWith('Enveloped')) return document
  const { verifiableCredential: held } = document
  const presentation =
    held === undefined
      ? document
      : {
          ...document,
          verifiableCredential: Array.isArray(held)
            ? await Promise.all(held.map(secureHeld))
            : await secureHeld(held),
        }
  return secure(presentation, 'holder', { proofPurpose: 'authentication', challenge, domain })
}

/** With a proof, in an envelope, or by nothing but the presentation's proof, as it was. */
async function secureHeld(credential: Document): Promise<Json> {
  if (credential.proof) return secureCredential(credential)
  if (credential.type === 'EnvelopedVerifiableCredential')
    return credential.id.startsWith(JWT) ? { ...credential, id: `${JWT}${await signToken()}` } : credential
  const { issuer } = credential
  return { ...credential, issuer: typeof issuer === 'string' ? signer.did : { ...issuer, id: signer.did } }
}

/** Securing Verifiable Credentials using JOSE and COSE, section 3.1.1. */
function signToken(): Promise<string> {
  return new SignJWT(credential({ issuer: signer.did }))
    .setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt', kid: signer.keyId })
    .sign(signer.privateKey)
}
