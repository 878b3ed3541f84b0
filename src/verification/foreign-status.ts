import type { Context } from '../context.ts'
import { type ListFault, readStatus } from '../vc/bitstring.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { type Finding, failed, issuerIdOf, passed, warning } from './check.ts'
import { fetchJson } from './fetch-foreign.ts'
import { fetchStatusList } from './foreign-list.ts'

const REVOCATIONS = { accept: 'application/json', maxBytes: 512 * 1024 }
const MAX_SIZE = 32
const MAX_MESSAGE = 200

/** What an entry says of where its status stands. */
interface Entry {
  readonly purpose: string
  readonly index: number
  readonly size: number
  readonly url: string
}

/** The status of a stranger's credential by one of its entries, of the kinds that are known. */
export async function checkForeignEntry(ctx: Context, entry: Json, credential: Json): Promise<Finding> {
  const types = listOf(entry.type)
  if (types.includes('1EdTechRevocationList')) return checkRevocationList(ctx, entry, credential)
  const isBitstring = types.includes('BitstringStatusListEntry') || types.includes('StatusList2021Entry')
  return isBitstring ? checkBitstring(ctx, entry, credential) : warning('status-type-unknown')
}

/** Bitstring Status List 1.0, section 3.2 (Validate Algorithm). */
async function checkBitstring(ctx: Context, written: Json, credential: Json): Promise<Finding> {
  const entry = readEntry(written)
  if (!entry) return failed('status-entry-malformed')
  const list = await fetchStatusList(ctx, entry.url)
  if ('outcome' in list) return list
  if (!list.purposes.includes(entry.purpose)) return failed('status-list-unverified')
  const status = await readStatus(list.encodedList, entry)
  if (typeof status === 'string') return failed(FAULTS[status])
  const finding = told(entry.purpose, status, written)
  const isTheirs = list.issuerId === issuerIdOf(credential)
  return finding.outcome === 'passed' && !isTheirs ? warning('status-list-other-issuer') : finding
}

const FAULTS = {
  encoding: 'status-list-unverified',
  'too-short': 'status-list-too-short',
  'out-of-range': 'status-out-of-range',
} as const satisfies Record<ListFault, string>

/** Bitstring Status List 1.0, section 2.1 (BitstringStatusListEntry). */
function readEntry(entry: Json): Entry | undefined {
  const { statusPurpose: purpose, statusListIndex: index, statusListCredential: url } = entry
  const size = entry.statusSize ?? 1
  if (typeof purpose !== 'string' || typeof url !== 'string' || !URL.canParse(url)) return undefined
  if (typeof index !== 'string' || !/^\d+$/.test(index)) return undefined
  const isSize = typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= MAX_SIZE
  return isSize ? { purpose, index: Number(index), size, url } : undefined
}

function told(purpose: string, status: number, entry: Json): Finding {
  if (purpose === 'message') return passed('status-message', { message: messageOf(entry, status) })
  if (status === 0) return passed('status-ok')
  if (purpose === 'revocation') return failed('status-revoked')
  if (purpose === 'suspension') return failed('status-suspended')
  if (purpose === 'refresh') return warning('status-refresh')
  return warning('status-set', { purpose: short(purpose) })
}

/** `statusMessage`: `[{status: "0x0", message: "…"}, …]`. */
function messageOf({ statusMessage }: Json, status: number): string {
  const messages = listOf(statusMessage).filter(isObject)
  const found = messages.find((one) => typeof one.status === 'string' && Number(one.status) === status)
  return typeof found?.message === 'string' ? short(found.message) : `0x${status.toString(16)}`
}

const short = (text: string) => text.replace(/\p{Cc}/gu, ' ').slice(0, MAX_MESSAGE)

/**
 * The older list of Open Badges: ids of revoked credentials, not signed.
 * Source: 1EdTech Revocation List (VCRL) 1.0, deprecated since OB 3.0.3.
 */
async function checkRevocationList(ctx: Context, { id: url }: Json, { id }: Json): Promise<Finding> {
  // It names what it revokes by the id.
  if (typeof url !== 'string' || typeof id !== 'string') return failed('status-entry-malformed')
  const list = await fetchJson(ctx, url, REVOCATIONS)
  if (!list || !Array.isArray(list.revokedCredential)) return warning('status-not-checked')
  const entry = list.revokedCredential.filter(isObject).find((one) => one.id === id)
  return entry && entry.revoked !== false ? failed('status-revoked') : passed('status-ok')
}
