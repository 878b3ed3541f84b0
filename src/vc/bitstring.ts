import { gunzipSync, gzipSync } from 'node:zlib'

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
