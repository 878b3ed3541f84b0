import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import t from 'tap'
import type { Json } from '../../src/vc/credential.ts'
import { didJwkOf, type HolderJwk } from '../../src/vc/holder-key.ts'
import { unsigned, verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'

const { app } = await startService(t)
const verify = verifier(app)
const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
const did = didJwkOf((await exportJWK(publicKey)) as HolderJwk)

/** What is said of the proof of a token whose claims are changed so. */
async function judge(change: Json): Promise<string | undefined> {
  const credential = unsigned(did)
  const { id, credentialSubject, validFrom } = credential
  const claims = {
    iss: did,
    jti: id,
    sub: credentialSubject.id,
    nbf: Date.parse(validFrom) / 1000,
    ...change,
  }
  const token = await new CompactSign(Buffer.from(JSON.stringify({ ...credential, ...claims })))
    .setProtectedHeader({ alg: 'ES256', kid: `${did}#0`, typ: 'JWT' })
    .sign(privateKey)
  return (await verify(token, { 'content-type': 'text/plain' })).checks.proof
}

t.test(
  'Open Badges 3.0, section 8.2.6.1: iss, jti and nbf are there, and mirror the credential',
  async (t) => {
    t.equal(await judge({}), 'proof-ok')
    for (const name of ['iss', 'jti', 'nbf']) {
      t.equal(await judge({ [name]: undefined }), 'failed:proof-claims', `without ${name}`)
    }
  },
)
