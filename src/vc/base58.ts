const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Five digits at a time: two bytes more than this times 65,536 still are an exact number. */
const FIVE_DIGITS = 58 ** 5

/**
 * base58-btc, without a multibase prefix (draft-msporny-base58-03). Every signature is written with it, and the
 * library's digit by digit takes half as long as the signature itself.
 */
export function encodeBase58(bytes: Uint8Array): string {
  const limbs = new Float64Array(Math.ceil((bytes.length * 8) / Math.log2(FIVE_DIGITS)) + 1)
  let used = 0
  for (let i = 0; i < bytes.length; i++) {
    // An odd first byte goes alone.
    const alone = i === 0 && bytes.length % 2 === 1
    let carry = alone ? bytes[0]! : bytes[i]! * 256 + bytes[++i]!
    for (let j = 0; j < used; j++) {
      const value = limbs[j]! * 65_536 + carry
      carry = Math.floor(value / FIVE_DIGITS)
      limbs[j] = value - carry * FIVE_DIGITS
    }
    if (carry > 0) limbs[used++] = carry
  }
  let text = ''
  for (let j = 0; j < used; j++) {
    let limb = limbs[j]!
    for (let digit = 0; digit < 5; digit++) {
      text = ALPHABET[limb % 58] + text
      limb = Math.floor(limb / 58)
    }
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros < 0 ? bytes.length : zeros) + text.replace(/^1+/, '')
}
