import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { SCOPES, type Scope } from '../../src/context.ts'
import { type Call, caller, OPERATOR_KEY } from './service.ts'

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#2b6cb0"/></svg>'

/** An issuer of its own for one test, with a key that may do everything. */
export interface Tenant {
  readonly slug: string
  readonly id: string
  readonly did: string
  readonly key: string
  /** Calls with the tenant's key. */
  readonly call: Call
}

export async function createTenant(app: FastifyInstance, overrides: object = {}): Promise<Tenant> {
  const operator = caller(app, OPERATOR_KEY)
  const slug = `t-${randomUUID().slice(0, 13)}`
  const issuer = await operator('POST', '/v1/issuers', {
    slug,
    name: 'Association d’insertion',
    url: 'https://siae.example',
    ...overrides,
  })
  if (issuer.status !== 201) throw new Error(issuer.text)
  const key = await createKey(app, slug, [...SCOPES])
  return { slug, id: issuer.body.id, did: issuer.body.did, key, call: caller(app, key) }
}

export async function createKey(
  app: FastifyInstance,
  slug: string,
  scopes: Scope[],
  overrides: object = {},
): Promise<string> {
  const made = await caller(app, OPERATOR_KEY)('POST', `/v1/issuers/${slug}/api-keys`, {
    name: 'Test',
    scopes,
    ...overrides,
  })
  if (made.status !== 201) throw new Error(made.text)
  return made.body.key
}

export const BADGE = {
  name: 'Je m’engage',
  description: 'Accompagné·e par une structure, période d’essai passée.',
  criteria: { narrative: '- a signé son contrat\n- a passé sa période d’essai' },
}

export async function createDraft(tenant: Tenant, overrides: object = {}): Promise<{ id: string }> {
  const made = await tenant.call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, {
    ...BADGE,
    ...overrides,
  })
  if (made.status !== 201) throw new Error(made.text)
  return made.body
}

/** A published badge class with an image. */
export async function createBadge(
  tenant: Tenant,
  overrides: object = {},
): Promise<{ id: string; achievementUrl: string }> {
  const { id } = await createDraft(tenant, overrides)
  await tenant.call('PUT', `/v1/badge-classes/${id}/image`, SVG, { 'content-type': 'image/svg+xml' })
  const published = await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  if (published.status !== 200) throw new Error(published.text)
  return published.body
}

export interface Awarded {
  readonly id: string
  readonly credentialId: string
  readonly credentialUrl: string
  /** Path of the credential on the service. */
  readonly path: string
}

export async function award(tenant: Tenant, badgeClassId: string, overrides: object = {}): Promise<Awarded> {
  const made = await tenant.call('POST', `/v1/badge-classes/${badgeClassId}/assertions`, {
    recipient: { email: `${randomUUID()}@example.org`, name: 'Aïcha Benhaddou' },
    ...overrides,
  })
  if (made.status !== 201) throw new Error(made.text)
  return { ...made.body, path: new URL(made.body.credentialUrl).pathname }
}
