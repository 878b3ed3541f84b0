import { encode } from 'base58-universal'
import fc from 'fast-check'
import t from 'tap'
import { encodeBase58 } from '../../src/vc/base58.ts'

t.test('it writes what the library writes, for bytes of any length', async (t) => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  const zeros = fc.tuple(fc.nat(5), bytes).map(([n, rest]) => Uint8Array.of(...Array(n).fill(0), ...rest))
  const ones = fc.uint8Array({ min: 250, minLength: 60, maxLength: 70 })
  fc.assert(
    fc.property(fc.oneof(bytes, zeros, ones), (value) => encodeBase58(value) === encode(value)),
    { numRuns: 5000 },
  )
  t.equal(encodeBase58(Buffer.from('Hello World!')), '2NEpo7TZRRrLZSi2U', 'and the example of the draft')
})
