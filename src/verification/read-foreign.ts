import { CallerError } from '../errors.ts'
import type { Fetched } from '../outgoing/foreign-documents.ts'
import type { Candidate } from './check.ts'
import { readJsonObject } from './fetch-foreign.ts'
import { readToken } from './read-token.ts'

/** The media types of a credential, embedded proof or token (VCDM 2.0, section 6.2; OB 3.0, section 6.2). */
export const CREDENTIAL_TYPES =
  'application/vc, application/vc+ld+json, application/ld+json, application/json, application/vc+jwt, text/plain;q=0.8'

/**
 * The credential in what was fetched, by its content: servers that know no better call it JSON or text.
 * @returns undefined when it is none, or breaks the rules of every body
 */
export function readForeignCredential({ bytes, text }: Fetched): Candidate | undefined {
  if (text.trimStart().startsWith('{')) {
    const credential = readJsonObject(bytes)
    return credential && { credential }
  }
  try {
    return readToken(text.trim())
  } catch (error) {
    if (error instanceof CallerError) return undefined
    throw error
  }
}
