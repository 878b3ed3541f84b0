import type { CredentialFormat } from '../../assertions/schema.ts'

/** How a wallet proves which key is its own: a JWT, or a presentation with a Data Integrity proof. */
export type ProofType = 'jwt' | 'di_vp'

/** One form in which a badge can be collected (OpenID4VCI 1.0, section 12.2.4 credential_configurations_supported). */
export interface Configuration {
  readonly id: string
  /** What we call it. */
  readonly rendering: CredentialFormat
  /** The format identifier of the protocol (appendix A). */
  readonly format: 'ldp_vc' | 'jwt_vc_json'
  readonly bindingMethods: readonly string[]
  /** The kinds of proof that a wallet may send, and the algorithms of each by name. */
  readonly proofTypes: Readonly<Partial<Record<ProofType, readonly string[]>>>
}

/** In the order in which a wallet reads them, and of the numbers that stand in codes. */
export const CONFIGURATIONS: readonly Configuration[] = [
  {
    id: 'OpenBadgeCredential_ldp_vc',
    rendering: 'ldp_vc',
    format: 'ldp_vc',
    bindingMethods: ['did:key', 'did:jwk'],
    proofTypes: { jwt: ['EdDSA', 'ES256'], di_vp: ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019'] },
  },
  {
    id: 'OpenBadgeCredential_jwt_vc_json',
    rendering: 'jwt_vc_json',
    format: 'jwt_vc_json',
    bindingMethods: ['did:jwk', 'did:key'],
    proofTypes: { jwt: ['ES256', 'EdDSA'] },
  },
  {
    id: 'OpenBadgeCredential_ldp_vc_v1',
    rendering: 'ldp_vc_v1',
    format: 'ldp_vc',
    bindingMethods: ['did:key', 'did:jwk'],
    // The names of suites stand for wallets that look for those here; their JWTs are signed with EdDSA all the same.
    proofTypes: { jwt: ['EdDSA', 'ES256', 'Ed25519Signature2020', 'Ed25519Signature2018'] },
  },
]

export const CREDENTIAL_TYPES = ['VerifiableCredential', 'OpenBadgeCredential']

export function findConfiguration(id: unknown): Configuration | undefined {
  return CONFIGURATIONS.find((configuration) => configuration.id === id)
}

export function configurationOf(rendering: CredentialFormat): Configuration {
  return CONFIGURATIONS.find((configuration) => configuration.rendering === rendering)!
}
