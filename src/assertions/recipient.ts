import { hash, randomUUID } from 'node:crypto'
import { Invalid } from '../errors.ts'
import type { Json } from '../vc/credential.ts'
import type { NewAssertion } from './schema.ts'

/** Who earned it: `emailAddress`, `did`, or another type of the standard's IdentifierTypeEnum. */
export interface Identity {
  readonly type: string
  readonly value: string
}

/**
 * The one identity of a recipient. Addresses are lower-cased: the standard hashes the exact string, so both
 * sides need one spelling.
 * @throws Invalid unless there is exactly one
 */
export function identityOf({ email, did, identifier }: NewAssertion['recipient']): Identity {
  const given = [email, did, identifier].filter((value) => value !== undefined)
  if (given.length !== 1) {
    throw new Invalid({
      path: '/recipient',
      code: 'exactly-one',
      params: { members: 'email, did, identifier' },
    })
  }
  if (email !== undefined) return { type: 'emailAddress', value: email.toLowerCase() }
  if (did !== undefined) return { type: 'did', value: did }
  return typeof identifier === 'string'
    ? { type: 'identifier', value: identifier }
    : identityOfTyped(identifier!)
}

/** An address is one person, whichever member it came in. */
function identityOfTyped({ type, value }: { type: string; value: string }): Identity {
  return { type, value: type === 'emailAddress' ? value.toLowerCase() : value }
}

/** Tells two identities apart, as the key of a map. */
export function keyOf({ type, value }: Identity): string {
  return `${type} ${value}`
}

/** The recipient as the API tells it back. */
export function presentRecipient({ type, value }: Identity, name: string | null): NewAssertion['recipient'] {
  const who =
    type === 'emailAddress'
      ? { email: value }
      : type === 'did'
        ? { did: value }
        : { identifier: type === 'identifier' ? value : { type, value } }
  return { ...who, ...(name === null ? {} : { name }) }
}

/**
 * How a credential names its subject: a DID as `id`, anything else as a salted hash, so that whoever knows
 * the address can check it and nobody reads it.
 * Source: OB 3.0, section B.1.13 (IdentityObject): sha256$ and the hex SHA-256 of identity followed by salt.
 */
export function subjectIdentity({ type, value }: Identity): Json {
  if (type === 'did') return { id: value }
  // 122 random bits.
  const salt = randomUUID().replaceAll('-', '')
  const identityHash = `sha256$${hash('sha256', value + salt, 'hex')}`
  return { identifier: [{ type: 'IdentityObject', hashed: true, identityHash, identityType: type, salt }] }
}
