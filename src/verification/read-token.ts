import { parseJson } from '../json.ts'
import { decodeJwt } from '../vc/jwt.ts'
import { isObject } from '../vc/members.ts'
import type { Candidate } from './check.ts'

/**
 * Reads the credential, or the presentation, of a compact JWS, without checking it. VCDM 1.1 wraps it in a claim;
 * VCDM 2.0 has its members beside the claims.
 * @param wrapper the claim of VCDM 1.1
 * @returns undefined when the text is no such thing
 * @throws Invalid when what it holds breaks the rules of every body: its texts reach the database too
 */
export function readToken(text: string, wrapper: 'vc' | 'vp' = 'vc'): Candidate | undefined {
  const decoded = decodeJwt(text)
  if (!decoded) return undefined
  for (const part of text.split('.', 2)) parseJson(Buffer.from(part, 'base64url'), { foreign: true })
  const { [wrapper]: wrapped, ...claims } = decoded.claims
  const { iss: _i, sub: _s, jti: _j, nbf: _n, exp: _e, iat: _t, aud: _a, nonce: _o, ...own } = claims
  return { credential: isObject(wrapped) ? wrapped : own, jwt: { ...decoded, text } }
}
