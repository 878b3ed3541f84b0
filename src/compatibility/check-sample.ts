import { createPublicKey, verify } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../vc/credential.ts'
import { verifyWithLibrary } from '../vc/engine/self-check.ts'
import type { SigningKey } from '../vc/keys.ts'
import { badgeSchemaFaults } from '../vc/open-badges/faults.ts'
import { toEpoch } from '../vc/time.ts'

// How a reader of another house takes a credential of ours: nothing here is shared with the code that made it.

/** What the unmodified library, and the structure of Open Badges, have against a credential with a proof inside. */
export async function proofFaults(body: string, key: SigningKey): Promise<string[]> {
  try {
    await verifyWithLibrary(body, key)
    return badgeSchemaFaults(JSON.parse(body) as Json)
  } catch (error) {
    return [(error as Error).message]
  }
}

/**
 * What stands against a credential as a compact JWS: its header, its signature, its claims, its structure.
 * Source: OB 3.0, section 8.2.4 (JSON Web Token Claims); VCDM 1.1, section 6.3.1 (the claim `vc`).
 */
export function jwtFaults(token: string, { id, privateKey }: SigningKey): string[] {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json
  if (!isDeepStrictEqual(read(header), { alg: 'ES256', kid: id, typ: 'JWT' })) return ['header']
  const key = { key: createPublicKey(privateKey), dsaEncoding: 'ieee-p1363' } as const
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    key,
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned) return ['signature']
  const claims = read(payload)
  const credential = (claims.vc ?? claims) as Json
  return [...claimFaults(claims, credential), ...badgeSchemaFaults(credential)]
}

/** The registered claims say again what the credential says. */
function claimFaults(claims: Json, credential: Json): string[] {
  const seconds = (time: unknown) => (time === undefined ? undefined : toEpoch(new Date(String(time))))
  const expected = {
    iss: (credential.issuer as Json).id,
    sub: (credential.credentialSubject as Json).id,
    jti: credential.id,
    nbf: seconds(credential.validFrom ?? credential.issuanceDate),
    exp: seconds(credential.validUntil ?? credential.expirationDate),
  }
  return Object.entries(expected).flatMap(([name, value]) => {
    const isMissing = value === undefined && name !== 'exp'
    return claims[name] === value && !isMissing ? [] : [name]
  })
}

const KEYWORD = 'openbadgecredential'
const CDATA = /<openbadges:credential><!\[CDATA\[(.*?)\]\]><\/openbadges:credential>/s

/**
 * Does the picture give the credential back to a wallet that looks for the keyword and then counts braces, also
 * those inside texts, as Learner Credential Wallet does?
 */
export function pngFaults(file: Buffer, json: string): string[] {
  const text = file.subarray(file.indexOf(KEYWORD)).toString('utf8')
  const from = text.indexOf('{')
  let depth = 0
  for (let at = from; at >= 0 && at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return text.slice(from, at + 1) === json ? [] : ['iTXt']
  }
  return ['iTXt']
}

/** The same of an SVG: the first child, in a CDATA section (OB 3.0, section 5.3.2). */
export function svgFaults(file: Buffer, json: string): string[] {
  return CDATA.exec(file.toString('utf8'))?.[1] === json ? [] : ['openbadges:credential']
}
