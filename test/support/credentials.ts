import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../../src/vc/contexts.ts'
import type { Json, Proof } from '../../src/vc/credential.ts'
import type { Tenant } from './factories.ts'

/** The smallest credential of VCDM 2.0; its issuer is whoever signs it. */
export const CREDENTIAL = {
  '@context': [CREDENTIALS_V2],
  type: ['VerifiableCredential'],
  issuer: 'did:example:whoever',
  credentialSubject: { id: 'did:example:subject' },
}

/** The same of VCDM 1.1. */
export const CREDENTIAL_1 = {
  ...CREDENTIAL,
  '@context': [CREDENTIALS_V1],
  issuanceDate: '2024-01-01T00:00:00Z',
}

export type Signed = Json & { proof: Proof }

/** Signs a credential as given, by VC API. */
export async function issueCredential(
  tenant: Tenant,
  overrides: object = {},
  options?: object,
): Promise<Signed> {
  const { slug, call } = tenant
  const credential = { ...CREDENTIAL, ...overrides }
  const answer = await call('POST', `/v1/issuers/${slug}/credentials/issue`, {
    credential,
    ...(options ? { options } : {}),
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.body.verifiableCredential
}
