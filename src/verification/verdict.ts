import type { Params } from '../messages.ts'
import type { Json } from '../vc/credential.ts'
import { isObject } from '../vc/members.ts'
import { type Candidate, issuerIdOf } from './check.ts'
import type { OverallCode, Reservation } from './messages.ts'
import type { Check } from './steps.ts'

export const TRUSTS = ['ours', 'confirmed', 'unconfirmed'] as const

/** Who issued it, as far as that is known. */
export interface VerdictIssuer {
  readonly id: string
  readonly name?: string
  /** One of this service, by its own key; a stranger that publishes the key; or nobody knows. */
  readonly trust: (typeof TRUSTS)[number]
}

/** The one thing to say of a credential. */
export interface Overall {
  readonly code: OverallCode
  readonly params: Params
  readonly reservations: readonly Reservation[]
}

type Rule = readonly [OverallCode, (found: Found) => boolean]

interface Found {
  /** Did the check find one of these? */
  is(check: Check['check'], ...codes: Check['code'][]): boolean
  /** Had it one of these outcomes? */
  was(check: Check['check'], ...outcomes: Check['outcome'][]): boolean
  readonly anyFailed: boolean
}

/** What was found, from the most severe on: the first that holds is the verdict. */
const RULES: readonly Rule[] = [
  ['open-badges-2', ({ is }) => is('parse', 'open-badges-2')],
  ['not-verifiable', ({ is }) => is('parse', 'too-complex')],
  ['not-found', ({ is }) => is('parse', 'url-unknown')],
  ['other-credential', ({ is }) => is('type', 'type-no-badge')],
  ['not-a-badge', ({ was }) => was('parse', 'failed') || was('type', 'failed')],
  ['not-signed', ({ is }) => is('proof', 'proof-missing')],
  ['altered', ({ is }) => is('proof', 'proof-invalid')],
  [
    'signed-by-another',
    ({ is }) => is('proof', 'proof-issuer-mismatch', 'proof-key-unknown', 'proof-key-ended'),
  ],
  ['revoked', ({ is }) => is('status', 'status-revoked')],
  ['suspended', ({ is }) => is('status', 'status-suspended')],
  ['expired', ({ is }) => is('expiration', 'expiration-past') || is('proof', 'proof-expired')],
  ['not-yet-valid', ({ is }) => is('issuance', 'issuance-future')],
  ['about-another', ({ is }) => is('subject', 'endorsement-elsewhere')],
  ['not-verifiable', ({ is }) => is('terms', 'terms-context-unknown')],
  ['not-verifiable', ({ is, was }) => was('status', 'failed') && !is('status', 'status-entry-malformed')],
  ['malformed', ({ anyFailed }) => anyFailed],
  ['not-verifiable', ({ was }) => was('proof', 'skipped')],
  [
    'valid-issuer-unconfirmed',
    ({ is, was }) => was('proof', 'warning') && !is('proof', 'proof-other-not-checked'),
  ],
  ['valid-issuer-unknown', ({ was }) => was('issuer', 'warning')],
]

/** What a reader of a valid one should know all the same. */
const RESERVED: Partial<Record<Check['code'], Reservation>> = {
  'status-not-checked': 'status',
  'status-type-unknown': 'status',
  'status-list-other-issuer': 'other-list',
  'status-message': 'remark',
  'status-set': 'remark',
  'status-refresh': 'newer',
  'refresh-newer': 'newer',
  'endorsements-failed': 'endorsements',
  'endorsements-unconfirmed': 'endorsers',
  'endorsements-too-many': 'endorsements',
}

/** Makes one verdict of what the checks found. @param candidate absent when nothing could be read */
export function judge(checks: readonly Check[], candidate?: Candidate): Overall {
  const found = (name: Check['check']) => checks.find(({ check }) => check === name)
  const rule = RULES.find(([, holds]) =>
    holds({
      is: (check, ...codes) => codes.some((code) => found(check)?.code === code),
      was: (check, ...outcomes) => outcomes.some((outcome) => found(check)?.outcome === outcome),
      anyFailed: checks.some(({ outcome }) => outcome === 'failed'),
    }),
  )
  const code = rule?.[0] ?? 'valid'
  return {
    code,
    params: { ...daysOf(code, found), issuer: describe(issuerOf(checks, candidate)) },
    reservations: code.startsWith('valid') ? reservationsOf(checks) : [],
  }
}

function reservationsOf(checks: readonly Check[]): Reservation[] {
  return [...new Set(checks.flatMap(({ code }) => RESERVED[code] ?? []))]
}

/** The issuer, by the name that we have of it or that it gives itself. */
export function issuerOf(checks: readonly Check[], candidate?: Candidate): VerdictIssuer | undefined {
  const { issuer } = candidate?.credential ?? {}
  const id = issuerIdOf({ issuer })
  if (id === undefined) return undefined
  const found = (name: Check['check']) => checks.find(({ check }) => check === name)
  const isOurs = found('issuer')?.code === 'issuer-ours'
  const name = plain(isOurs ? found('issuer')?.params?.name : isObject(issuer) && (issuer as Json).name)
  const proof = found('proof')
  const isConfirmed = proof?.outcome === 'passed' || proof?.code === 'proof-other-not-checked'
  const trust = !isConfirmed ? 'unconfirmed' : isOurs ? 'ours' : 'confirmed'
  return { id, ...(name ? { name } : {}), trust }
}

function describe(issuer: VerdictIssuer | undefined): string {
  if (!issuer) return '?'
  const id = plain(issuer.id)
  if (issuer.trust === 'ours' && issuer.name) return issuer.name
  return issuer.name ? `${issuer.name} (${id})` : id
}

/** One short line: a stranger's text must not reach beyond its place in a sentence. */
function plain(text: unknown): string {
  if (typeof text !== 'string') return ''
  const line = text
    .slice(0, 1000)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  const letters = [...line]
  return letters.length > 150 ? `${letters.slice(0, 149).join('')}…` : line
}

/** The day that the sentence names, in words by language. */
function daysOf(code: OverallCode, found: (name: Check['check']) => Check | undefined): Params {
  if (code === 'not-yet-valid') return found('issuance')?.params ?? {}
  if (code !== 'expired') return {}
  const { en, fr } = found('expiration')?.outcome === 'failed' ? (found('expiration')?.params ?? {}) : {}
  return { en: en ? `: it expired on ${en}` : '', fr: fr ? ` depuis le ${fr}` : '' }
}
