import { randomBytes } from 'node:crypto'
import t from 'tap'
import { createPermutation } from '../../src/vc/permutation.ts'

const key = Buffer.alloc(32, 7)
const all = (key: Uint8Array, size: number) => {
  const permute = createPermutation(key, size)
  return Array.from({ length: size }, (_, i) => permute(i))
}

t.test('every position gets an index of its own inside the list', async (t) => {
  for (const size of [...Array.from({ length: 70 }, (_, i) => i + 1), 255, 256, 257, 1000, 131_072]) {
    const indexes = all(key, size)
    t.equal(new Set(indexes).size, size, `${size}: none twice`)
    t.ok(
      indexes.every((index) => Number.isInteger(index) && index >= 0 && index < size),
      `${size}: none outside`,
    )
  }
})

t.test('it is the order that lists of earlier versions have', async (t) => {
  const permute = createPermutation(key, 131_072)
  t.same([0, 1, 2, 131_071].map(permute), [69_667, 7272, 96_862, 90_346])
})

t.test('the order depends on the key alone, and neighbours do not stay together', async (t) => {
  const size = 4096
  t.same(all(key, size), all(Buffer.from(key), size))
  const other = all(randomBytes(32), size)
  const same = all(key, size).filter((index, i) => index === other[i]).length
  t.ok(same < 20, `${same} of ${size} fall together under another key`)
  const neighbours = all(key, size).filter((index, i, list) => i > 0 && Math.abs(index - list[i - 1]!) === 1)
  t.ok(neighbours.length < 20, `${neighbours.length} of ${size} stay beside their neighbour`)
})

t.test('a position outside the list is an error', async (t) => {
  for (const position of [-1, 10, 11]) t.throws(() => createPermutation(key, 10)(position), RangeError)
})
