import type { IssuerRow } from '../../issuers/queries.ts'
import { CREDENTIALS_V2, ED25519_2020, OPEN_BADGES_V3 } from '../../vc/contexts.ts'
import type { Json } from '../../vc/credential.ts'
import { VCDM1_CONTEXTS } from '../../vc/vcdm1.ts'
import { credentialIssuer } from '../claims/addresses.ts'
import { CONFIGURATIONS, type Configuration, CREDENTIAL_TYPES } from './configurations.ts'

export const PRE_AUTHORIZED_CODE = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

/**
 * What a wallet learns of an issuer, whichever edition it speaks (OpenID4VCI 1.0, section 12.2.4; draft 13, section
 * 11.2.3). `issuer` and `token_endpoint` belong into the other document, but a wallet in use reads them here; by
 * `authorization_details_types_supported` the same one knows that it may speak the final edition.
 */
export function issuerMetadata(issuer: IssuerRow, publicUrl: string): Json {
  const id = credentialIssuer(publicUrl, issuer.slug)
  const configurations = CONFIGURATIONS.map((configuration) => [
    configuration.id,
    presentConfiguration(configuration, issuer, publicUrl),
  ])
  return {
    credential_issuer: id,
    issuer: id,
    authorization_servers: [id],
    ...tokenMetadata(id),
    credential_endpoint: `${id}/credential`,
    nonce_endpoint: `${id}/nonce`,
    deferred_credential_endpoint: `${id}/deferred`,
    notification_endpoint: `${id}/notification`,
    display: [{ name: issuer.name, ...localeOf(issuer), ...logoOf(issuer, publicUrl) }],
    credential_configurations_supported: Object.fromEntries(configurations),
  }
}

/** The authorization server of an issuer (RFC 8414, section 2). */
export function authorizationServerMetadata(issuer: IssuerRow, publicUrl: string): Json {
  const id = credentialIssuer(publicUrl, issuer.slug)
  return {
    issuer: id,
    ...tokenMetadata(id),
    // There is no authorization endpoint; some readers refuse a document without this member.
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none'],
  }
}

function tokenMetadata(id: string): Json {
  return {
    token_endpoint: `${id}/token`,
    grant_types_supported: [PRE_AUTHORIZED_CODE],
    'pre-authorized_grant_anonymous_access_supported': true,
    authorization_details_types_supported: ['openid_credential'],
  }
}

function presentConfiguration(configuration: Configuration, issuer: IssuerRow, publicUrl: string): Json {
  const display = [{ name: 'Open Badge', ...localeOf(issuer), ...logoOf(issuer, publicUrl) }]
  const proofTypes = Object.entries(configuration.proofTypes).map(([type, algorithms]) => [
    type,
    { proof_signing_alg_values_supported: algorithms },
  ])
  return {
    format: configuration.format,
    scope: configuration.id,
    cryptographic_binding_methods_supported: configuration.bindingMethods,
    proof_types_supported: Object.fromEntries(proofTypes),
    ...signatureOf(configuration, issuer),
    // The final edition reads the first, drafts the second.
    credential_metadata: { display, claims: CLAIMS },
    display,
  }
}

/** How the credential will be signed, and what it will be in. */
function signatureOf({ rendering }: Configuration, { proofSuite }: IssuerRow): Json {
  const type = CREDENTIAL_TYPES
  if (rendering === 'jwt_vc_json') {
    return { credential_signing_alg_values_supported: ['ES256'], credential_definition: { type } }
  }
  if (rendering === 'ldp_vc_v1') {
    return {
      credential_signing_alg_values_supported: ['Ed25519Signature2020'],
      credential_definition: { '@context': [...VCDM1_CONTEXTS, ED25519_2020], type },
    }
  }
  return {
    credential_signing_alg_values_supported: [proofSuite, 'EdDSA'],
    credential_definition: { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3], type },
  }
}

/** What of a badge a wallet may show, by its path (OpenID4VCI 1.0, appendix B). */
const CLAIMS = [
  claim(['credentialSubject', 'achievement', 'name'], 'Badge', 'Badge'),
  claim(['credentialSubject', 'achievement', 'description'], 'Description', 'Description'),
  claim(['credentialSubject', 'achievement', 'criteria', 'narrative'], 'Criteria', 'Critères'),
  claim(['issuer', 'name'], 'Issuer', 'Émetteur'),
]

function claim(path: string[], en: string, fr: string): Json {
  return {
    path,
    display: [
      { name: en, locale: 'en' },
      { name: fr, locale: 'fr' },
    ],
  }
}

function localeOf({ language }: IssuerRow): Json {
  return language === null ? {} : { locale: language }
}

function logoOf({ image, name }: IssuerRow, publicUrl: string): Json {
  return image === null ? {} : { logo: { uri: `${publicUrl}/images/${image}`, alt_text: name } }
}
