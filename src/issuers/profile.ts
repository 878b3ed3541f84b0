import type { Json } from '../vc/credential.ts'
import type { IssuerRow } from './queries.ts'

/** The Profile of an issuer as it stands inside a credential (OB 3.0, section B.1.19). */
export function profileOf(issuer: IssuerRow, publicUrl: string): Json {
  return {
    id: issuer.did,
    type: ['Profile'],
    name: issuer.name,
    url: issuer.url,
    ...(issuer.description === null ? {} : { description: issuer.description }),
    ...(issuer.email === null ? {} : { email: issuer.email }),
    ...(issuer.image === null ? {} : { image: { id: `${publicUrl}/images/${issuer.image}`, type: 'Image' } }),
  }
}
