import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

const ROUNDS = 8

/**
 * Maps 0…size-1 one to one onto itself, in an order that nobody foresees without the key.
 * 1. A balanced Feistel network over the smallest even number of bits that holds `size` is a bijection,
 *    whatever its round function is (Luby and Rackoff 1988); ours is HMAC-SHA-256.
 * 2. A result beyond `size` goes in again until it is inside (cycle walking: Black and Rogaway 2002): that
 *    keeps it a bijection, and takes four steps at most on average, since 4 · size exceeds the domain.
 */
export function permute(key: Uint8Array, size: number, position: number): number {
  if (position < 0 || position >= size) throw new RangeError(`position ${position} is outside 0…${size - 1}`)
  const halfBits = Math.ceil(Math.log2(size) / 2)
  // As a KeyObject it is imported once, not at every round.
  const secret = createSecretKey(key)
  let value = position
  do value = feistel(secret, halfBits, value)
  while (value >= size)
  return value
}

function feistel(key: KeyObject, halfBits: number, value: number): number {
  const mask = 2 ** halfBits - 1
  let left = value >>> halfBits
  let right = value & mask
  for (let round = 0; round < ROUNDS; round++) {
    const digest = createHmac('sha256', key).update(Uint32Array.of(round, right)).digest()
    ;[left, right] = [right, left ^ (digest.readUInt32LE(0) & mask)]
  }
  return left * 2 ** halfBits + right
}
