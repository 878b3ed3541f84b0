import { OAuthError } from '../../errors.ts'
import type { Json } from '../../vc/credential.ts'
import type { Grant } from './access-token.ts'
import { type Configuration, findConfiguration } from './configurations.ts'
import { type KeyProof, keyProofOf } from './key-proof.ts'
import type { CredentialRequest } from './schema.ts'

/** What a wallet asks for, in whichever edition of the protocol. */
export interface ReadRequest {
  /** The edition by whose form it is answered. */
  readonly edition: 'final' | 'draft-13'
  readonly configuration: Configuration
  readonly proof: KeyProof | undefined
}

interface Asked {
  readonly body: CredentialRequest
  readonly grant: Grant
  /** The configuration that the access token is for. */
  readonly configuration: Configuration
}

/** OpenID4VCI 1.0, sections 8.2 and 8.3.1; draft 13, sections 7.2 and 7.3.1: in this order. */
const CHECKS: readonly ((asked: Asked) => void)[] = [
  checkOneIdentifier,
  checkConfigurationId,
  checkCredentialIdentifier,
  checkFormat,
  checkDefinition,
  checkEncryption,
]

/**
 * Reads a credential request. The access token is for one configuration; the request only has to fit it.
 * @throws OAuthError with the code of what does not
 */
export function readRequest(body: CredentialRequest, grant: Grant): ReadRequest {
  const configuration = findConfiguration(grant.grant.configuration)!
  for (const check of CHECKS) check({ body, grant, configuration })
  return { edition: editionOf(body), configuration, proof: keyProofOf(body, configuration) }
}

/** Which edition does a request speak? `proof` stayed in use for a while beside the newer identifier. */
export function editionOf({ format, proof, credential_configuration_id: id }: Json): ReadRequest['edition'] {
  return format !== undefined || (proof !== undefined && id === undefined) ? 'draft-13' : 'final'
}

function checkOneIdentifier({ body }: Asked): void {
  const { credential_configuration_id, credential_identifier, format, proof, proofs } = body
  const given = [credential_configuration_id, credential_identifier, format].filter((id) => id !== undefined)
  if (given.length !== 1) {
    throw refusal('There must be one of credential_configuration_id, credential_identifier and format')
  }
  if (proof !== undefined && proofs !== undefined) throw refusal('There must be one of proof and proofs')
}

function checkConfigurationId({ body, configuration }: Asked): void {
  const { credential_configuration_id: id } = body
  if (id === undefined || id === configuration.id) return
  throw new OAuthError('unknown_credential_configuration', `The access token is for ${configuration.id}`)
}

function checkCredentialIdentifier({ body, grant }: Asked): void {
  const { credential_identifier: id } = body
  if (id === undefined || (grant.grant.hasDetails && id === grant.claim.assertionId)) return
  throw new OAuthError('unknown_credential_identifier', 'The access token has no such credential_identifier')
}

function checkFormat({ body: { format }, configuration }: Asked): void {
  if (format === undefined || format === configuration.format) return
  throw new OAuthError('unsupported_credential_format', `The access token is for ${configuration.format}`)
}

/** Contexts and the rest are as the offer had them; a wallet that asks for another kind of thing must not get this. */
function checkDefinition({ body: { format, credential_definition: definition } }: Asked): void {
  const types = format === undefined ? undefined : definition?.type
  if (!Array.isArray(types) || types.some((type) => KINDS.includes(type))) return
  throw new OAuthError('unsupported_credential_type', 'The access token is for an OpenBadgeCredential')
}

/** A badge is both (OB 3.0, section 5.3). */
const KINDS = ['OpenBadgeCredential', 'AchievementCredential']

function checkEncryption({ body }: Asked): void {
  if (body.credential_response_encryption === undefined) return
  throw new OAuthError('invalid_encryption_parameters', 'Responses are not encrypted here')
}

function refusal(description: string): OAuthError {
  return new OAuthError('invalid_credential_request', description)
}
