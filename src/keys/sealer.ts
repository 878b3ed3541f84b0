import { createHmac, hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Sealer } from '../context.ts'

/**
 * Seals with AES-256-GCM as a compact JWE (RFC 7516), `alg: dir`. Each purpose of a MAC has a key of its own, derived
 * from the same one (HKDF, RFC 5869).
 * @param masterKey 32 bytes, base64
 */
export function createSealer(masterKey: string): Sealer {
  const key = Buffer.from(masterKey, 'base64')
  const derived = new LRUCache<string, Buffer>({ max: 1000 })
  const keyFor = (purpose: string): Buffer => {
    const known = derived.get(purpose) ?? Buffer.from(hkdfSync('sha256', key, '', `ecusson ${purpose}`, 32))
    derived.set(purpose, known)
    return known
  }
  return {
    seal: (secret) =>
      new CompactEncrypt(Buffer.from(secret)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key),
    async unseal(sealed) {
      const options = { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }
      const { plaintext } = await compactDecrypt(sealed, key, options)
      return Buffer.from(plaintext).toString('utf8')
    },
    mac(purpose, data) {
      return createHmac('sha256', keyFor(purpose)).update(data).digest()
    },
  }
}
