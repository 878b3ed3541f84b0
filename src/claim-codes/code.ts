import { createHash, randomInt } from 'node:crypto'

/** Letters and digits that nobody takes for another: 31 of them, so that a code has 59 bits. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const LENGTH = 12

export function newCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** As people read it: in groups of four. */
export function grouped(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-')
}

/**
 * What a code is looked up by, however it was typed.
 * @returns SHA-256 in hexadecimal
 */
export function hashOfCode(typed: string): string {
  const code = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '')
  return createHash('sha256').update(code).digest('hex')
}
