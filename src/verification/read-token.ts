import { parseJson } from '../json.ts'
import { decodeJwt } from '../vc/jwt.ts'
import { isObject } from '../vc/members.ts'
import type { Candidate } from './check.ts'

/**
 * Reads the credential of a compact JWS, without checking it. VCDM 1.1 wraps it in the claim `vc`; VCDM 2.0 has its
 * members beside the claims.
 * @returns undefined when the text is no such thing
 * @throws Invalid when what it holds breaks the rules of every body: its texts reach the database too
 */
export function readToken(text: string): Candidate | undefined {
  const decoded = decodeJwt(text)
  if (!decoded) return undefined
  for (const part of text.split('.', 2)) parseJson(Buffer.from(part, 'base64url'), { foreign: true })
  const { vc, ...claims } = decoded.claims
  const { iss: _i, sub: _s, jti: _j, nbf: _n, exp: _e, iat: _a, aud: _d, ...own } = claims
  return { credential: isObject(vc) ? vc : own, jwt: { ...decoded, text } }
}
