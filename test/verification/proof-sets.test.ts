import t from 'tap'
import type { Json } from '../../src/vc/credential.ts'
import { generateKeyPair, privateKeyFrom } from '../../src/vc/keys.ts'
import { signAsGiven } from '../../src/vc/sign.ts'
import { checkEmbeddedProofs } from '../../src/verification/proof.ts'
import { ALL_WELL, unsigned, verifier } from '../support/foreign-issuer.ts'
import { type Signatory, signatory } from '../support/proofs.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const verify = verifier(service.app)
const GENUINE = { ...ALL_WELL, issuer: 'warning:issuer-foreign', status: 'status-none' }
const SUITES = [
  ['Ed25519', 'eddsa-rdfc-2022'],
  ['Ed25519', 'eddsa-jcs-2022'],
  ['P-256', 'ecdsa-rdfc-2019'],
  ['P-256', 'ecdsa-jcs-2019'],
] as const

t.test('each suite holds, for an issuer that is a did:key or a did:jwk', async (t) => {
  for (const [algorithm, suite] of SUITES) {
    for (const kind of ['key', 'jwk'] as const) {
      const issuer = signatory(algorithm, { kind, suite })
      const document = unsigned(issuer.did)
      const credential = { ...document, proof: await issuer.prove(document) }
      const told = await verify(credential)
      t.strictSame(told.checks, GENUINE, `${suite}, did:${kind}`)
      t.equal(told.valid, true)
      const altered = await verify({ ...credential, name: 'Autre' })
      t.equal(altered.checks.proof, 'failed:proof-invalid', `${suite}, altered`)
      const { created: _, ...undated } = credential.proof
      t.equal((await verify({ ...credential, proof: undated })).checks.proof, 'failed:proof-invalid')
    }
  }
})

t.test('a proof of one suite is none of another, nor by a key of another kind', async (t) => {
  const document = unsigned('')
  for (const [algorithm, suite] of SUITES) {
    for (const [otherAlgorithm, other] of SUITES) {
      if (suite === other) continue
      const issuer = signatory(algorithm, { suite })
      const credential = { ...document, issuer: { ...(document.issuer as Json), id: issuer.did } }
      const proof = { ...(await issuer.prove(credential)), cryptosuite: other }
      const told = await verify({ ...credential, proof })
      t.equal(told.checks.proof, 'failed:proof-invalid', `${suite} as ${other}, ${otherAlgorithm}`)
    }
  }
})

t.test('what the library signs in JCS holds, with its contexts first and others after them', async (t) => {
  const pair = generateKeyPair('Ed25519')
  const did = `did:key:${pair.publicKeyMultibase}`
  const key = {
    id: `${did}#${pair.publicKeyMultibase}`,
    controller: did,
    algorithm: 'Ed25519' as const,
    privateKey: privateKeyFrom(pair.privateJwk),
  }
  const created = new Date('2024-01-01T00:00:00Z')
  const signed = await signAsGiven(unsigned(did), key, { suite: 'eddsa-jcs-2022', created })
  const contexts = signed['@context'] as string[]
  t.strictSame(signed.proof['@context'], contexts)
  t.strictSame((await verify(signed)).checks, GENUINE)
  const extension = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
  t.equal((await verify({ ...signed, '@context': [...contexts, extension] })).checks.proof, 'proof-ok')
  for (const others of [[extension, ...contexts], contexts.toReversed(), contexts.slice(0, 1)]) {
    const told = await verify({ ...signed, '@context': others })
    t.equal(told.checks.proof, 'failed:proof-uncomputable', others.join())
    t.equal(told.valid, false)
  }
})

t.test('a proof can come after others, which it signs too', async (t) => {
  const [first, second, third] = [signatory(), signatory('P-256'), signatory()] as [
    Signatory,
    Signatory,
    Signatory,
  ]
  const document = unsigned(third.did)
  const a = await first.prove(document, { id: 'urn:uuid:a' })
  const b = await second.prove(document, { id: 'urn:uuid:b', previousProof: 'urn:uuid:a' }, [a])
  const c = await third.prove(document, { previousProof: ['urn:uuid:a', 'urn:uuid:b'] }, [a, b])
  const other = await first.prove({ ...document, name: 'Autre' }, { id: 'urn:uuid:a' })
  const again = await first.prove(document, { id: 'urn:uuid:a', nonce: 'x' })
  const cases: [string, unknown[], string][] = [
    ['all of them', [a, b, c], 'proof-ok'],
    ['in any order', [c, a, b], 'proof-ok'],
    ['the first is missing', [b, c], 'failed:proof-chain-broken'],
    ['one of a list is missing', [a, c], 'failed:proof-chain-broken'],
    ['the first is another one', [again, b, c], 'failed:proof-invalid'],
    ['the first does not hold', [other, b, c], 'failed:proof-invalid'],
    ['two of one id', [a, again, b, c], 'failed:proof-chain-broken'],
    [
      'it does not say what it comes after',
      [a, b, { ...c, previousProof: undefined }],
      'failed:proof-invalid',
    ],
    ['it says so by a number', [a, b, { ...c, previousProof: 456321 }], 'failed:proof-malformed'],
    ['it comes after itself', [{ ...a, previousProof: 'urn:uuid:a' }, b, c], 'failed:proof-invalid'],
    ['the issuer’s alone is missing', [a, b], 'failed:proof-issuer-mismatch'],
  ]
  for (const [name, proof, expected] of cases) {
    const told = await verify({ ...document, proof })
    t.equal(told.checks.proof, expected, name)
    t.equal(told.valid, expected === 'proof-ok', name)
  }
})

t.test('so does a proof in JCS', async (t) => {
  const issuer = signatory('Ed25519', { suite: 'eddsa-jcs-2022' })
  const document = unsigned(issuer.did)
  const a = await issuer.prove(document, { id: 'urn:uuid:a' })
  const b = await issuer.prove(document, { previousProof: 'urn:uuid:a' }, [a])
  t.equal((await verify({ ...document, proof: [a, b] })).checks.proof, 'proof-ok')
  const alone = await issuer.prove(document, { previousProof: 'urn:uuid:a' })
  t.equal((await verify({ ...document, proof: [a, alone] })).checks.proof, 'failed:proof-invalid')
})

t.test('others may sign beside the issuer', async (t) => {
  const [issuer, other] = [signatory(), signatory()]
  const document = unsigned(issuer.did)
  const [own, theirs] = [await issuer.prove(document), await other.prove(document)]
  const elsewhere = { ...theirs, verificationMethod: 'did:web:elsewhere.example#1' }
  const odd = { type: 'SomeProofType', proofPurpose: 'assertionMethod' }
  const cases: [string, unknown, string, boolean][] = [
    ['both', [own, theirs], 'proof-ok', true],
    ['twice the same', [own, own], 'proof-ok', true],
    ['the other alone', theirs, 'failed:proof-issuer-mismatch', false],
    ['one who cannot be asked', [own, elsewhere], 'warning:proof-other-not-checked', true],
    ['one who cannot be asked, alone', elsewhere, 'failed:proof-issuer-mismatch', false],
    ['a kind that is not known', [odd, own], 'proof-ok', true],
    ['a kind that is not known, alone', [odd], 'skipped:proof-unsupported', false],
    ['a known kind that is broken', [own, { ...own, proofValue: 'z1' }], 'failed:proof-malformed', false],
    [
      'a known kind that does not hold',
      [own, { ...theirs, created: undefined }],
      'failed:proof-invalid',
      false,
    ],
  ]
  for (const [name, proof, expected, valid] of cases) {
    const told = await verify({ ...document, proof })
    t.equal(told.checks.proof, expected, name)
    t.equal(told.valid, valid, name)
  }
})

t.test('each member of a proof is what it should be, even where it is signed', async (t) => {
  const issuer = signatory('Ed25519', { suite: 'eddsa-jcs-2022' })
  const document = unsigned(issuer.did)
  const cases: [object, string][] = [
    [{ created: undefined }, 'proof-ok'],
    [{ created: '2024-01-01T00:00:00.123+02:00' }, 'proof-ok'],
    [{ id: 'the first one' }, 'failed:proof-malformed'],
    [{ created: 'invalidDate' }, 'failed:proof-malformed'],
    [{ created: '2024-01-01T00:00:00' }, 'failed:proof-malformed'],
    [{ created: 1704067200 }, 'failed:proof-malformed'],
    [{ expires: '2999-01-01T00:00:00Z' }, 'proof-ok'],
    [{ expires: '2024-01-01T00:00:00Z' }, 'failed:proof-expired'],
    [{ expires: 'invalidDate' }, 'failed:proof-malformed'],
    [{ domain: 'elsewhere.example', challenge: 'c' }, 'proof-ok'],
    [{ domain: ['a.example', 'b.example'] }, 'proof-ok'],
    [{ domain: 5 }, 'failed:proof-malformed'],
    [{ domain: [] }, 'failed:proof-malformed'],
    [{ challenge: 5 }, 'failed:proof-malformed'],
    [{ nonce: ['n'] }, 'failed:proof-malformed'],
    [{ id: 5 }, 'failed:proof-malformed'],
    [{ verificationMethod: 'no-url' }, 'failed:proof-malformed'],
    [{ verificationMethod: { id: issuer.method } }, 'failed:proof-malformed'],
    [{ verificationMethod: issuer.did }, 'proof-ok'],
    [{ verificationMethod: 'did:key:invalidVm' }, 'failed:proof-issuer-mismatch'],
    [{ proofPurpose: 'invalidPurpose' }, 'failed:proof-purpose'],
    [{ proofPurpose: 'authentication' }, 'failed:proof-purpose'],
    [{ proofPurpose: ['assertionMethod'] }, 'failed:proof-malformed'],
  ]
  for (const [options, expected] of cases) {
    const proof = await issuer.prove(document, options as Json)
    const told = await verify({ ...document, proof })
    t.equal(told.checks.proof, expected, JSON.stringify(options))
    if (expected !== 'proof-ok') t.equal(told.valid, false, JSON.stringify(options))
  }
})

t.test('when a proof was made is a moment with a zone, in every suite', async (t) => {
  for (const [algorithm, suite] of SUITES) {
    const issuer = signatory(algorithm, { suite })
    const document = unsigned(issuer.did)
    for (const created of ['invalidDate', '2024-01-01', '2024-01-01T00:00:00', 1704067200, null]) {
      const proof = await issuer.prove(document, { created })
      const told = await verify({ ...document, proof })
      t.strictSame([told.checks.proof, told.valid], ['failed:proof-malformed', false], `${suite} ${created}`)
    }
  }
})

t.test('a presentation is made for one challenge and one domain, by its holder', async (t) => {
  const holder = signatory()
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: holder.did,
  }
  const expected = {
    purpose: 'authentication',
    controller: holder.did,
    challenge: 'once',
    domain: 'us.example',
  } as const
  const made = { proofPurpose: 'authentication', challenge: 'once', domain: 'us.example' }
  const cases: [Json, string][] = [
    [{}, 'proof-ok'],
    [{ domain: ['us.example'] }, 'proof-ok'],
    [{ domain: ['us.example', 'them.example'] }, 'proof-domain'],
    [{ domain: 'them.example' }, 'proof-domain'],
    [{ challenge: 'twice' }, 'proof-challenge'],
    [{ proofPurpose: 'assertionMethod' }, 'proof-purpose'],
  ]
  for (const [options, code] of cases) {
    const proof = await holder.prove(document, { ...made, ...options })
    const finding = await checkEmbeddedProofs(service.ctx, { ...document, proof }, expected)
    t.equal(finding.code, code, JSON.stringify(options))
  }
  const bare = await holder.prove(document, { proofPurpose: 'authentication' })
  const silent = await checkEmbeddedProofs(service.ctx, { ...document, proof: bare }, expected)
  t.equal(silent.code, 'proof-challenge', 'what is asked for must be answered')
})
