import { createHash, createPrivateKey, sign } from 'node:crypto'
import t from 'tap'
import { readBit } from '../../src/vc/bitstring.ts'
import type { Json, Proof } from '../../src/vc/credential.ts'
import { withoutProof } from '../../src/vc/credential.ts'
import { fromBase58, toBase58 } from '../../src/vc/keys.ts'
import { canonicalize, dataToSign, verifyProof } from '../../src/vc/verify-proof.ts'
import { sharedFile, sharedJson, withSharedData } from '../support/shared-data.ts'

const SPEC = 'vectors/1edtech-spec'
const VALIDATOR = 'vectors/1edtech-validator'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

t.test('the published vector of eddsa-rdfc-2022 is reproduced byte for byte', withSharedData, async (t) => {
  const vector = sharedJson(`${SPEC}/vector.json`)
  const credential = sharedJson(`${SPEC}/signed-credential.json`)
  const { proofValue, ...options } = credential.proof

  const document = await canonicalize(withoutProof(credential))
  t.equal(document, sharedFile(`${SPEC}/document-canon.txt`).toString('utf8'), 'N-Quads of the document')
  const configuration = await canonicalize({ '@context': credential['@context'], ...options })
  t.equal(configuration, sharedFile(`${SPEC}/proof-canon.txt`).toString('utf8'), 'N-Quads of the proof')
  t.equal(sha256(document), vector.documentHashHex)
  t.equal(sha256(configuration), vector.proofHashHex)

  const data = await dataToSign(credential, credential.proof)
  t.equal(data.toString('hex'), vector.dataToSignHex)
  const signature = sign(null, data, publishedTestKey(vector.secretKeyHex))
  t.equal(signature.toString('hex'), vector.signatureHex)
  t.equal(toBase58(signature), vector.proofValue)
  t.equal(proofValue, vector.proofValue)
  t.equal(fromBase58(vector.proofValue).toString('hex'), vector.signatureHex)
  t.equal(toBase58(Buffer.from(`ed01${vector.publicKeyHex}`, 'hex')), vector.publicKeyMultibase)
  t.ok(await verifyProof(credential, credential.proof, vector.publicKeyMultibase))
})

t.test('the published credentials verify, or fail, as they should', withSharedData, async (t) => {
  // The dates of two are wrong and their signatures right; only one has a wrong signature.
  const files: [file: string, verifies: boolean][] = [
    [`${SPEC}/signed-credential.json`, true],
    [`${VALIDATOR}/simple.json`, true],
    [`${VALIDATOR}/simple-multiple-proofs.json`, true],
    [`${VALIDATOR}/simple-did-key-method.json`, true],
    [`${VALIDATOR}/simple-err-expired.json`, true],
    [`${VALIDATOR}/simple-err-issued.json`, true],
    [`${VALIDATOR}/simple-err-proof-value.json`, false],
    [`${VALIDATOR}/complete.json`, true],
    [`${VALIDATOR}/endorsement-valid.json`, true],
    [`${VALIDATOR}/credential-status-revoked.json`, true],
    [`${VALIDATOR}/bit-string-list/testlist`, true],
  ]
  for (const [file, verifies] of files) {
    for (const { document, proof } of signedIn(sharedJson(file))) {
      const multibase = proof.verificationMethod.split(/[#:]/).at(-1)!
      t.equal(await verifyProof(document, proof, multibase), verifies, `${file}: ${document.id}`)
    }
  }
})

t.test('a credential that was altered after signing does not verify', withSharedData, async (t) => {
  const credential = sharedJson(`${VALIDATOR}/simple.json`)
  const { proof } = signedIn(credential)[0]!
  const multibase = proof.verificationMethod.split('#')[1]!
  t.ok(await verifyProof(credential, proof, multibase))
  t.notOk(await verifyProof({ ...credential, name: 'Teamwork badge' }, proof, multibase))
  t.notOk(await verifyProof(credential, { ...proof, created: '2010-01-01T19:23:25Z' }, multibase))
  t.notOk(
    await verifyProof(credential, proof, 'z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x'),
    'other key',
  )
  await t.rejects(verifyProof({ ...credential, undefinedTerm: 1 }, proof, multibase), 'JSON-LD safe mode')
})

t.test('the published status list says that entry 23 alone is revoked', withSharedData, async (t) => {
  const { encodedList } = sharedJson(`${VALIDATOR}/bit-string-list/testlist`).credentialSubject
  const revoked = Array.from({ length: 131_072 }, (_, index) => index).filter((index) => index % 4096 < 64)
  t.same(
    revoked.filter((index) => readBit(encodedList, index)),
    [23],
  )
  t.throws(() => readBit(encodedList, 131_072), RangeError)
})

/** The secret half of the key pair that the standard publishes with its vector: 32 bytes of seed, 32 public. */
function publishedTestKey(hex: string) {
  const bytes = Buffer.from(hex, 'hex')
  const [d, x] = [bytes.subarray(0, 32), bytes.subarray(32)].map((half) => half.toString('base64url'))
  return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d: d!, x: x! }, format: 'jwk' })
}

/** Every signed document in a document (endorsements stand inside), with each proof of a kind that we know. */
function signedIn(value: unknown): { document: Json; proof: Proof }[] {
  if (typeof value !== 'object' || value === null) return []
  const document = value as Json
  const own = [document.proof ?? []].flat() as Proof[]
  const known = own.filter((p) => p.type === 'Ed25519Signature2020' || p.cryptosuite === 'eddsa-rdfc-2022')
  return [...known.map((proof) => ({ document, proof })), ...Object.values(document).flatMap(signedIn)]
}
