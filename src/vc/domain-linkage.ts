import { CompactSign } from 'jose'
import { CREDENTIALS_V1 } from './contexts.ts'
import type { SigningKey } from './keys.ts'
import { toEpoch, toSecond } from './time.ts'

const DID_CONFIGURATION_V1 = 'https://identity.foundation/.well-known/did-configuration/v1'

/**
 * Says by a DID that an origin is its own: a DomainLinkageCredential without an id as a JWT, whose header holds alg and
 * kid alone.
 * Source: Well Known DID Configuration, sections "Domain Linkage Credential" and "JSON Web Token Proof Format".
 * @param key an Ed25519 key of the DID
 */
export async function signDomainLinkage(
  key: SigningKey,
  { origin, from, until }: { origin: string; from: Date; until: Date },
): Promise<string> {
  const did = key.controller
  const vc = {
    '@context': [CREDENTIALS_V1, DID_CONFIGURATION_V1],
    issuer: did,
    issuanceDate: toSecond(from),
    expirationDate: toSecond(until),
    type: ['VerifiableCredential', 'DomainLinkageCredential'],
    credentialSubject: { id: did, origin },
  }
  const claims = { exp: toEpoch(until), iss: did, nbf: toEpoch(from), sub: did, vc }
  return await new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', kid: key.id })
    .sign(key.privateKey)
}

/** The resource itself (section "DID Configuration Resource"). */
export function didConfiguration(linkages: readonly string[]): object {
  return { '@context': DID_CONFIGURATION_V1, linked_dids: linkages }
}
