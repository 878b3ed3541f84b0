import { award, type Tenant } from '../support/factories.ts'

/** A claim that can be collected for long, and the token of a wallet that began. */
export interface Claimed {
  readonly assertion: string
  readonly claim: string
  readonly offers: readonly string[]
  readonly token: string
}

export async function createClaimed(tenant: Tenant, badge: string): Promise<Claimed> {
  const { id: assertion } = await award(tenant, badge)
  const { body } = await tenant.call('POST', `/v1/assertions/${assertion}/claims`, {
    binding: 'none',
    maxCollections: 100,
  })
  const offers = ['ldp_vc', 'jwt_vc_json', 'ldp_vc_v1'].map((format) => `${body.id}.${format}`)
  const issuer = `/oid4vci/${tenant.slug}`
  const offer = await tenant.call('GET', `${issuer}/offers/${offers[0]}`)
  const [grant, { 'pre-authorized_code': code }] = Object.entries(offer.body.grants)[0] as [
    string,
    { 'pre-authorized_code': string },
  ]
  const form = new URLSearchParams({ grant_type: grant, 'pre-authorized_code': code })
  const token = await tenant.call('POST', `${issuer}/token`, form.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  })
  if (token.status !== 200) throw new Error(token.text)
  return { assertion, claim: body.id, offers, token: token.body.access_token }
}
