import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { ProofSuite, SignedCredential, UnsignedCredential } from '../../src/vc/credential.ts'
import { generateKeyPair, privateKeyFrom, type SigningKey } from '../../src/vc/keys.ts'
import { signCredential } from '../../src/vc/sign.ts'
import { type Answer, caller } from './service.ts'

/** An issuer of somewhere else, with a key of its own. */
export interface ForeignIssuer {
  readonly did: string
  readonly key: SigningKey
  readonly publicKeyMultibase: string
  /** A minimal valid credential, signed as it is after the overrides. */
  issue(overrides?: object, suite?: ProofSuite): Promise<SignedCredential>
}

/**
 * @param did whose name it signs with; its own did:key if not said
 * @param keyId the verification method that its proofs name
 */
export function foreignIssuer(did?: string, keyId?: string): ForeignIssuer {
  const pair = generateKeyPair('Ed25519')
  const { publicKeyMultibase } = pair
  const name = did ?? `did:key:${publicKeyMultibase}`
  const key: SigningKey = {
    id: keyId ?? `${name}#${publicKeyMultibase}`,
    controller: name,
    algorithm: 'Ed25519',
    privateKey: privateKeyFrom(pair.privateJwk),
  }
  return {
    did: name,
    key,
    publicKeyMultibase,
    issue: (overrides = {}, suite = 'eddsa-rdfc-2022') =>
      sign({ ...unsigned(name), ...overrides } as UnsignedCredential, key, suite),
  }
}

export function sign(credential: UnsignedCredential, key: SigningKey, suite: ProofSuite = 'eddsa-rdfc-2022') {
  return signCredential(credential, key, { suite, created: new Date('2024-01-01T00:00:00Z') })
}

/** The smallest credential that passes every check but the proof's. */
export function unsigned(issuer: string): UnsignedCredential {
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
    id: `urn:uuid:${randomUUID()}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: issuer, type: ['Profile'], name: 'Ailleurs' },
    validFrom: '2024-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:somebody',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://elsewhere.example/achievements/1',
        type: ['Achievement'],
        name: 'Bref',
        description: 'Bref.',
        criteria: { narrative: 'Être là' },
      },
    },
  }
}

/** What `POST /verify` says: each check's code, and the whole answer. */
export interface Told {
  readonly status: number
  readonly valid: boolean
  /** The code of the overall verdict. */
  readonly verdict: string
  /** Code by check; a code other than of a passed one has its outcome before it: `failed:proof-invalid`. */
  readonly checks: Record<string, string>
  readonly answer: Answer
}

export function verifier(app: FastifyInstance) {
  const call = caller(app)
  return async (body: unknown, headers: Record<string, string> = {}): Promise<Told> => {
    const answer = await call('POST', '/verify', body, headers)
    const entries: { check: string; outcome: string; code: string }[] = answer.body?.checks ?? []
    const checks = Object.fromEntries(
      entries.map(({ check, outcome, code }) => [check, outcome === 'passed' ? code : `${outcome}:${code}`]),
    )
    const { valid, verdict } = answer.body ?? {}
    return { status: answer.status, valid, verdict: verdict?.code, checks, answer }
  }
}

/** What a credential with nothing wrong is told. */
export const ALL_WELL = {
  parse: 'parse-ok',
  terms: 'terms-ok',
  context: 'context-ok',
  type: 'type-ok',
  schema: 'schema-ok',
  'named-schemas': 'named-schemas-none',
  subject: 'subject-ok',
  evidence: 'evidence-none',
  issuer: 'issuer-ours',
  proof: 'proof-ok',
  refresh: 'refresh-none',
  status: 'status-ok',
  expiration: 'expiration-none',
  issuance: 'issuance-ok',
  endorsements: 'endorsements-none',
}
