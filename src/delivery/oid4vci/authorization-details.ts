import { OAuthError } from '../../errors.ts'
import type { Configuration } from './configurations.ts'

/**
 * Does the wallet ask for what the code is for (RFC 9396, section 5; OpenID4VCI 1.0, section 5.1.1)? A draft names the
 * format in the place of the configuration.
 * @param text of the parameter, a JSON array; undefined when it was not sent
 * @returns whether it was sent
 * @throws OAuthError invalid_authorization_details
 */
export function checkAuthorizationDetails(text: string | undefined, configuration: Configuration): boolean {
  if (text === undefined) return false
  const details = parse(text)
  if (!Array.isArray(details) || details.length === 0) throw refusal('it must be a JSON array of objects')
  for (const detail of details) {
    if (detail?.type !== 'openid_credential') throw refusal('its type must be openid_credential')
    const { credential_configuration_id: id, format } = detail
    const fits = id === undefined ? format === configuration.format : id === configuration.id
    if (!fits) throw refusal(`the code is for ${configuration.id}`)
  }
  return true
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal('it must be JSON')
  }
}

function refusal(reason: string): OAuthError {
  return new OAuthError('invalid_authorization_details', `authorization_details: ${reason}`)
}
