import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { timeOf } from '../vc/date-time.ts'
import { isObject, listOf } from '../vc/members.ts'
import { isTooMuchWork } from './bounds.ts'
import { type Candidate, type Finding, failed, issuerIdOf, warning } from './check.ts'
import { checkExpiration, checkIssuance } from './dates.ts'
import { fetchForeign } from './fetch-foreign.ts'
import { checkProof } from './proof.ts'
import { CREDENTIAL_TYPES, readForeignCredential } from './read-foreign.ts'
import { checkTerms } from './terms.ts'

/** A list of ten million entries, all mixed up. */
const LIST = { accept: CREDENTIAL_TYPES, maxBytes: 2 * 1024 * 1024 }

/** The types of a list and of what it holds. */
const KINDS: Readonly<Record<string, string>> = {
  BitstringStatusListCredential: 'BitstringStatusList',
  StatusList2021Credential: 'StatusList2021',
}

/** A list that was verified. */
export interface ForeignList {
  readonly issuerId: string | undefined
  readonly purposes: readonly unknown[]
  readonly encodedList: string
}

/**
 * Fetches the status list of a stranger and verifies it as the credential that it is.
 * Source: Bitstring Status List 1.0, section 3.2 (Validate Algorithm), steps 2 to 5, and 2.2 (`ttl`).
 * @returns the list, or what stands in the way: a warning when it cannot be had
 */
export async function fetchStatusList(ctx: Context, url: string): Promise<ForeignList | Finding> {
  const candidate = await fetchFresh(ctx, url)
  if (!candidate) return warning('status-not-checked')
  const list = readList(candidate.credential, url)
  if (!list || isTooMuchWork(candidate)) return failed('status-list-unverified')
  const dates = [await checkExpiration(ctx, candidate), await checkIssuance(ctx, candidate)]
  if (dates.some(({ outcome }) => outcome === 'failed')) return failed('status-list-not-current')
  // A token is signed as it is written; linked data could say something else in other words.
  const terms = candidate.jwt ? undefined : await checkTerms(ctx, candidate)
  if (terms?.outcome === 'failed') return failed('status-list-unverified')
  const { outcome } = await checkProof(ctx, candidate)
  if (outcome === 'failed') return failed('status-list-unverified')
  return outcome === 'skipped' ? warning('status-not-checked') : list
}

/** A copy that is kept may be older than the list allows. */
async function fetchFresh(ctx: Context, url: string): Promise<Candidate | undefined> {
  const fetched = await fetchForeign(ctx, url, LIST)
  const candidate = fetched && readForeignCredential(fetched)
  if (!candidate) return undefined
  const { credentialSubject: subject, validUntil } = candidate.credential
  const ttl = isObject(subject) && typeof subject.ttl === 'number' ? Math.max(0, subject.ttl) : undefined
  const end = timeOf(validUntil)
  const age = ctx.clock().getTime() - fetched.fetchedAt.getTime()
  const isStale = (ttl !== undefined && age > ttl) || (end !== undefined && end <= ctx.clock().getTime())
  if (!isStale || age <= 0) return candidate
  const again = await fetchForeign(ctx, url, { ...LIST, maxAgeMs: 0 })
  return again && readForeignCredential(again)
}

/** Bitstring Status List 1.0, section 2.2 (BitstringStatusListCredential). */
function readList(credential: Json, url: string): ForeignList | undefined {
  const { id, type, credentialSubject: subject } = credential
  const kind = listOf(type).find((one) => typeof one === 'string' && Object.hasOwn(KINDS, one))
  if (kind === undefined || !isObject(subject)) return undefined
  // An issuer can have other lists, and this one says which it is.
  if (id !== undefined && id !== url.split('#')[0]) return undefined
  if (!listOf(subject.type).includes(KINDS[kind as string])) return undefined
  const { encodedList, statusPurpose } = subject
  if (typeof encodedList !== 'string') return undefined
  return { issuerId: issuerIdOf(credential), purposes: listOf(statusPurpose), encodedList }
}
