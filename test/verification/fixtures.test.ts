import { readdirSync } from 'node:fs'
import t from 'tap'
import { servedDocuments } from '../support/foreign-documents.ts'
import { verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'
import { sharedFile, sharedFolder, sharedJson, withSharedData } from '../support/shared-data.ts'

const VALIDATOR = 'vectors/1edtech-validator'
/** When the published examples were made; some of them end in 2030. */
const NOW = '2026-10-01T12:00:00Z'

const offline = await startService(t)
const { foreign, serve, asked } = servedDocuments()
const online = await startService(t, {}, { foreign })
for (const service of [offline, online]) service.setTime(NOW)
const verify = verifier(offline.app)
const verifyOnline = verifier(online.app)

const BYTES = { 'content-type': 'application/octet-stream' }

interface Expected {
  readonly verdict: string
  readonly valid?: true
  readonly checks?: Record<string, string>
}

const UNCONFIRMED: Expected = {
  verdict: 'valid-issuer-unconfirmed',
  valid: true,
  checks: { issuer: 'warning:issuer-foreign', proof: 'warning:proof-key-unconfirmed' },
}
const UNSIGNED: Expected = { verdict: 'not-signed', checks: { proof: 'failed:proof-missing' } }

/** What each published file is, as far as its name and its content tell. */
const FIXTURES: Record<string, Record<string, Expected>> = {
  [VALIDATOR]: {
    'simple.json': UNCONFIRMED,
    'simple-json.png': UNCONFIRMED,
    'simple-json.svg': UNCONFIRMED,
    'simple-jwt.png': UNCONFIRMED,
    'simple-did-key-method.json': UNCONFIRMED,
    'simple-multiple-proofs.json': UNCONFIRMED,
    'complete.json': {
      ...UNCONFIRMED,
      checks: { ...UNCONFIRMED.checks, endorsements: 'warning:endorsements-failed' },
    },
    'endorsement-valid.json': {
      ...UNCONFIRMED,
      checks: { ...UNCONFIRMED.checks, endorsements: 'skipped:endorsements-of-endorsement' },
    },
    'simple-err-expired.json': { verdict: 'expired', checks: { expiration: 'failed:expiration-past' } },
    'simple-err-issued.json': { verdict: 'not-yet-valid', checks: { issuance: 'failed:issuance-future' } },
    'simple-err-proof-value.json': { verdict: 'altered', checks: { proof: 'failed:proof-invalid' } },
    // Of a draft of the standard: its context is not published any more, and nothing names the key.
    'simple.jwt': { verdict: 'not-verifiable', checks: { terms: 'failed:terms-context-unknown' } },
    'credential-status-revoked.json': {
      verdict: 'not-verifiable',
      checks: { proof: 'skipped:proof-issuer-not-looked-up', status: 'warning:status-not-checked' },
    },
  },
  [`${VALIDATOR}/bit-string-list`]: {
    testlist: { verdict: 'other-credential', checks: { type: 'failed:type-no-badge' } },
  },
  'vectors/1edtech-spec': { 'signed-credential.json': UNCONFIRMED },
  'vectors/1edtech-examples': {
    'achievementAlignmentCase.json': UNSIGNED,
    'achievementAlignmentCe.json': UNSIGNED,
    'basicOpenBadgeCredential.json': UNSIGNED,
    'endorsement.json': UNSIGNED,
    'fullOpenBadge.json': UNSIGNED,
    'skillAssertionCase.json': UNSIGNED,
    'skillAssertionCtdl.json': UNSIGNED,
  },
}

for (const [folder, files] of Object.entries(FIXTURES)) {
  for (const [file, { verdict, valid = false, checks = {} }] of Object.entries(files)) {
    t.test(`${file} is ${verdict}`, withSharedData, async (t) => {
      const told = await verify(sharedFile(`${folder}/${file}`), BYTES)
      t.equal(told.status, 200)
      t.equal(told.verdict, verdict)
      t.equal(told.valid, valid)
      t.match(told.checks, checks)
    })
  }
}

t.test('every published badge is among these', withSharedData, async (t) => {
  for (const [folder, files] of Object.entries(FIXTURES)) {
    const there = readdirSync(sharedFolder(folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.txt$|^vector\.json$/.test(entry.name))
      .map(({ name }) => name)
    t.strictSame(Object.keys(files).sort(), there.sort(), folder)
  }
})

t.test('the badge of the revoked example is revoked where its list says so', withSharedData, async (t) => {
  const file = `${VALIDATOR}/credential-status-revoked.json`
  const { id, issuer, credentialStatus, proof } = sharedJson(file)
  const method = proof.verificationMethod
  serve(`https://${issuer.id.split(':').slice(2).join('/')}/did.json`, {
    id: issuer.id,
    verificationMethod: [
      { id: method, type: 'Multikey', controller: issuer.id, publicKeyMultibase: method.split('#')[1] },
    ],
    assertionMethod: [method],
  })
  t.equal((await verifyOnline(sharedFile(file), BYTES)).checks.proof, 'proof-ok')
  for (const [revokedCredential, verdict] of [
    [[{ id }], 'revoked'],
    [[{ id, revoked: true, revocationReason: 'Annulé' }], 'revoked'],
    [[{ id, revoked: false }], 'valid-issuer-unknown'],
    [[{ id: 'https://elsewhere.example/1' }], 'valid-issuer-unknown'],
  ] as const) {
    serve(credentialStatus.id, { id: credentialStatus.id, issuer: issuer.id, revokedCredential })
    t.equal((await verifyOnline(sharedFile(file), BYTES)).verdict, verdict, JSON.stringify(revokedCredential))
  }
  t.ok(asked.includes(credentialStatus.id))
})
