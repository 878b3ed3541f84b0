export const PROOF_SUITES = ['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const

/** The embedded proofs that badges have. */
export type ProofSuite = (typeof PROOF_SUITES)[number]

export const SIGNING_SUITES = [...PROOF_SUITES, 'eddsa-jcs-2022'] as const

/** The embedded proofs that we can make. */
export type SigningSuite = (typeof SIGNING_SUITES)[number]

/** Any JSON object. */
export type Json = Record<string, unknown>

/** A credential before its proof (VCDM 2.0, section 4). */
export interface UnsignedCredential extends Json {
  '@context': string[]
  id: string
  type: string[]
  validFrom: string
  validUntil?: string
  credentialSubject: Json
}

export interface Proof extends Json {
  type: string
  cryptosuite?: string
  created?: string
  verificationMethod: string
  proofPurpose: string
  proofValue: string
}

export interface SignedCredential extends UnsignedCredential {
  proof: Proof[]
}

/** The credential without its proof. */
export function withoutProof<C extends Json>(credential: C): Omit<C, 'proof'> {
  const { proof: _, ...rest } = credential
  return rest
}
