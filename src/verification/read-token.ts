import { parseJson } from '../json.ts'
import { decodeJwt } from '../vc/jwt.ts'
import { isObject } from '../vc/members.ts'
import type { Candidate } from './check.ts'
import { areAboutToken } from './mirrored-claims.ts'

/**
 * Reads the credential, or the presentation, of a compact JWS, without checking it. VCDM 1.1 wraps it in a claim;
 * VCDM 2.0 has its members beside the claims, and a token that names itself `vc+jwt` or `vp+jwt` has no such claim
 * (Securing Verifiable Credentials using JOSE and COSE 1.0, section 1.1.2.1): there it would be a member, which no
 * term defines.
 * @param wrapper the claim of VCDM 1.1
 * @returns undefined when the text is no such thing
 * @throws Invalid when what it holds breaks the rules of every body: its texts reach the database too
 */
export function readToken(text: string, wrapper: 'vc' | 'vp' = 'vc'): Candidate | undefined {
  const decoded = decodeJwt(text)
  if (!decoded) return undefined
  for (const part of text.split('.', 2)) parseJson(Buffer.from(part, 'base64url'), { foreign: true })
  const wrapped = areAboutToken(decoded.header.typ, {}) ? undefined : decoded.claims[wrapper]
  const { iss: _i, sub: _s, jti: _j, nbf: _n, exp: _e, iat: _t, aud: _a, nonce: _o, ...own } = decoded.claims
  return { credential: isObject(wrapped) ? wrapped : own, jwt: { ...decoded, text } }
}
