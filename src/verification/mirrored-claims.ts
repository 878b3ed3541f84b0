import type { Json } from '../vc/credential.ts'
import { readDateTime } from '../vc/date-time.ts'
import { isObject, listOf } from '../vc/members.ts'

/**
 * Are the claims about the token? Then they may be left out; in others they mirror the credential. A presentation has
 * no dates of its own that they could mirror.
 * @param typ of the token's header
 */
export function areAboutToken(typ: unknown, document: Json): boolean {
  const isNamed = typeof typ === 'string' && /^(application\/)?v[cp](\+ld)?(\+json)?\+(jwt|jose)$/i.test(typ)
  return isNamed || listOf(document.type).includes('VerifiablePresentation')
}

/**
 * The claim that says something else than the document.
 * Source: OB 3.0, section 8.2.4.2 (JSON Web Token Claims); VCDM 1.1, section 6.3.1; Securing Verifiable Credentials
 * using JOSE and COSE 1.0, section 3.1.3 (Registered Claim Names).
 * @param controller who should have signed, which `iss` names
 * @returns undefined when all agree
 */
export function mismatchedClaim(
  document: Json,
  claims: Json,
  { typ, controller }: { typ: unknown; controller: string | undefined },
): string | undefined {
  const mirrored = mirrorOf(document, controller)
  const mayMiss = areAboutToken(typ, document)
  const names = mayMiss ? ['iss', 'jti', 'sub'] : Object.keys(mirrored)
  return names.find((name) => {
    // The published example of a baked token leaves `sub` out, and so do badges that were made after it.
    if (name === 'sub' && claims.sub === undefined) return false
    if (mayMiss && (claims[name] === undefined || mirrored[name] === undefined)) return false
    return mirrored[name] !== claims[name]
  })
}

function mirrorOf(document: Json, controller: string | undefined): Json {
  const {
    id,
    credentialSubject: subject,
    validFrom = document.issuanceDate,
    validUntil = document.expirationDate,
  } = document
  return {
    iss: controller,
    jti: id,
    sub: isObject(subject) ? subject.id : undefined,
    nbf: readDateTime(validFrom)?.seconds,
    exp: readDateTime(validUntil)?.seconds,
  }
}
