import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

const ROUNDS = 8

/** A one-to-one map of 0…size-1 onto itself. */
export type Permutation = (position: number) => number

/**
 * Maps 0…size-1 one to one onto itself, in an order that nobody foresees without the key.
 * 1. A balanced Feistel network over the smallest even number of bits that holds `size` is a bijection,
 *    whatever its round function is (Luby and Rackoff 1988); ours is HMAC-SHA-256.
 * 2. A result beyond `size` goes in again until it is inside (cycle walking: Black and Rogaway 2002): that
 *    keeps it a bijection, and takes four steps at most on average, since 4 · size exceeds the domain.
 * 3. Half a number has few values: what a round makes of each is kept once it was asked for.
 */
export function createPermutation(key: Uint8Array, size: number): Permutation {
  const halfBits = Math.ceil(Math.log2(size) / 2)
  const round = createRound(createSecretKey(key), halfBits)
  return (position) => {
    if (position < 0 || position >= size)
      throw new RangeError(`position ${position} is outside 0…${size - 1}`)
    let value = position
    do value = feistel(round, halfBits, value)
    while (value >= size)
    return value
  }
}

type Round = (round: number, right: number) => number

/** Step 3. */
function createRound(key: KeyObject, halfBits: number): Round {
  const halves = 2 ** halfBits
  const known = new Int32Array(ROUNDS * halves).fill(-1)
  return (round, right) => {
    const place = round * halves + right
    if (known[place] === -1) {
      const digest = createHmac('sha256', key).update(Uint32Array.of(round, right)).digest()
      known[place] = digest.readUInt32LE(0) & (halves - 1)
    }
    return known[place]!
  }
}

function feistel(roundOf: Round, halfBits: number, value: number): number {
  let left = value >>> halfBits
  let right = value & (2 ** halfBits - 1)
  for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ roundOf(round, right)]
  return left * 2 ** halfBits + right
}
