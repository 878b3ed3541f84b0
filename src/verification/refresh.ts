import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { timeOf } from '../vc/date-time.ts'
import { isObject, listOf } from '../vc/members.ts'
import { isTooMuchWork } from './bounds.ts'
import { type CheckStep, type Finding, issuerIdOf, passed, skipped, warning } from './check.ts'
import { fetchForeign } from './fetch-foreign.ts'
import { checkProof } from './proof.ts'
import { CREDENTIAL_TYPES, readForeignCredential } from './read-foreign.ts'

const NEWER = { accept: CREDENTIAL_TYPES, maxBytes: 256 * 1024 }

/**
 * Is there a newer version? It is told and never put in the place of what was handed in.
 * Source: OB 3.0, section 9.1, step 3 (refresh once); 1EdTech Credential Refresh Service (VCCR) 1.0; two credentials of
 * one issuer and id are versions of one, and the later `validFrom` wins (OB 3.0, section 9.3).
 */
export const checkRefresh: CheckStep = async (ctx, { credential }) => {
  const services = listOf(credential.refreshService)
  if (services.length === 0) return passed('refresh-none')
  const service = services
    .filter(isObject)
    .find(({ type }) => listOf(type).includes('1EdTechCredentialRefresh'))
  if (typeof service?.id !== 'string') return skipped('refresh-not-checked')
  return await compare(ctx, service.id, credential)
}

async function compare(ctx: Context, url: string, credential: Json): Promise<Finding> {
  const fetched = await fetchForeign(ctx, url, NEWER)
  const other = fetched && readForeignCredential(fetched)
  if (!other || isTooMuchWork(other) || !isSame(other.credential, credential))
    return skipped('refresh-not-checked')
  const { outcome } = await checkProof(ctx, other)
  if (outcome === 'failed' || outcome === 'skipped') return skipped('refresh-not-checked')
  const isNewer = startOf(other.credential) > startOf(credential)
  return isNewer ? warning('refresh-newer', { url }) : passed('refresh-same')
}

function isSame(one: Json, other: Json): boolean {
  const namesOf = (credential: Json) => [issuerIdOf(credential), credential.id].map(plain)
  const [first, second] = [namesOf(one), namesOf(other)]
  return first.every((name, i) => name !== undefined && name === second[i])
}

function plain(id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined
  try {
    return decodeURIComponent(id).trim()
  } catch {
    return id.trim()
  }
}

/** Milliseconds since 1970; a credential that does not say is older than any. */
function startOf({ validFrom, issuanceDate }: Json): number {
  return timeOf(validFrom ?? issuanceDate) ?? Number.NEGATIVE_INFINITY
}
