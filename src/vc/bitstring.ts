import { promisify } from 'node:util'
import { gunzip, gunzipSync, gzipSync } from 'node:zlib'

/** Fewest entries of a list, for herd privacy (Bitstring Status List 1.0, section 6.1). */
export const MINIMUM_ENTRIES = 131_072

/**
 * `encodedList`: multibase base64url of the gzipped bits; index 0 is the left-most bit of the first byte.
 * Source: Bitstring Status List 1.0, sections 3.3 (Bitstring Generation) and 2.2 (encodedList).
 */
export function encodeBitstring(size: number, indexes: Iterable<number>): string {
  const bits = Buffer.alloc(Math.ceil(size / 8))
  for (const index of indexes) bits[index >> 3]! |= 0x80 >> (index & 7)
  return `u${gzipSync(bits).toString('base64url')}`
}

/**
 * Reads one bit (Bitstring Status List 1.0, sections 3.4 and 3.2).
 * @throws RangeError when the index is beyond the list, or the list shorter than the minimum
 */
export function readBit(encodedList: string, index: number): boolean {
  if (!encodedList.startsWith('u')) throw new RangeError('encodedList is not multibase base64url')
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'), { maxOutputLength: 16 << 20 })
  if (bits.length * 8 < MINIMUM_ENTRIES) throw new RangeError('the list has fewer than 131,072 entries')
  const byte = bits[index >> 3]
  if (byte === undefined || index < 0) throw new RangeError('the index is beyond the list')
  return (byte & (0x80 >> (index & 7))) !== 0
}

/** 16 MiB of bits are more than any list has; a few kilobytes could unpack to gigabytes. */
const MAX_BITS_BYTES = 16 << 20

/** Why a list does not say the status of an entry. */
export type ListFault = 'encoding' | 'too-short' | 'out-of-range'

/**
 * Reads an entry of a stranger's list. Source: Bitstring Status List 1.0, sections 3.2 (Validate Algorithm, steps 6 to
 * 12) and 3.4 (Bitstring Expansion Algorithm).
 * @param encodedList multibase base64url of the gzipped bits; `StatusList2021` has no multibase prefix
 * @param entry its index, and how many bits an entry has (1 to 32)
 * @returns the bits as a number, the left-most first
 */
export async function readStatus(
  encodedList: string,
  { index, size }: { index: number; size: number },
): Promise<number | ListFault> {
  // What gzip writes begins with 1f 8b 08.
  const encoded = /^u?(H4sI[\w-]*)={0,2}$/.exec(encodedList)?.[1]
  if (!encoded) return 'encoding'
  const packed = Buffer.from(encoded, 'base64url')
  const bits = await promisify(gunzip)(packed, { maxOutputLength: MAX_BITS_BYTES }).catch(() => undefined)
  if (!bits) return 'encoding'
  if ((bits.length * 8) / size < MINIMUM_ENTRIES) return 'too-short'
  const start = index * size
  if (start + size > bits.length * 8) return 'out-of-range'
  let value = 0
  for (let at = start; at < start + size; at++) {
    value = value * 2 + ((bits[at >> 3]! >> (7 - (at & 7))) & 1)
  }
  return value
}
