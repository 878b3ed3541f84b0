import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { createDraft, type Tenant } from './factories.ts'
import { type Answer, caller } from './service.ts'

/** A form that asks for no more than a name, an address and consent. */
export const SHORT_FORM = {
  open: true,
  askStructure: false,
  askReferent: false,
  questions: [],
  evidence: [],
}

/** A published badge class that one asks for by a form. */
export async function createForm(tenant: Tenant, form: object = {}, badge: object = {}): Promise<string> {
  const { id } = await createDraft(tenant, { ...badge, requestForm: { ...SHORT_FORM, ...form } })
  const published = await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  if (published.status !== 200) throw new Error(published.text)
  return id
}

/** A person at a request. */
export interface Applicant {
  readonly id: string
  readonly token: string
  readonly email: string
  /** Calls with the resume token; `rest` is what follows `/requests/{id}`. */
  call(
    method: 'GET' | 'PATCH' | 'POST' | 'PUT' | 'DELETE',
    rest?: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
}

/** Begins a request, with everything that the short form asks for. */
export async function startDraft(
  app: FastifyInstance,
  badgeClassId: string,
  change: object = {},
): Promise<Applicant> {
  const email = `${randomUUID()}@example.org`
  const body = { name: 'Aïcha Benhaddou', email, consent: true, ...change }
  const started = await caller(app)('POST', `/achievements/${badgeClassId}/requests`, body, {
    'accept-language': 'fr',
  })
  if (started.status !== 201) throw new Error(started.text)
  const { id, resumeToken } = started.body
  const call = caller(app, resumeToken)
  return {
    id,
    token: resumeToken,
    email,
    call: (method, rest = '', ...more) => call(method, `/requests/${id}${rest}`, ...more),
  }
}

/** The same, submitted. */
export async function submitDraft(
  app: FastifyInstance,
  badgeClassId: string,
  change: object = {},
): Promise<Applicant> {
  const applicant = await startDraft(app, badgeClassId, change)
  const submitted = await applicant.call('POST', '/submit')
  if (submitted.status !== 200) throw new Error(submitted.text)
  return applicant
}

/** The mails about a request, the oldest first, with what fills their templates. */
export async function mailsAbout(
  tenant: Tenant,
  id: string,
): Promise<{ template: string; to: string; language: string }[]> {
  const { body } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?about=${id}&limit=200`)
  return body.items.reverse()
}
