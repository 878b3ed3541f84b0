import { createLink } from '../../src/requests/links.ts'
import type { Tenant } from './factories.ts'
import { createForm, submitDraft } from './requests.ts'
import type { TestService } from './service.ts'

/** What a browser asks by. */
export const page = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
/** The same when it sends a form. */
export const form = { ...page, 'content-type': 'application/x-www-form-urlencoded' }
export const inEnglish = { 'accept-language': 'en-GB,en;q=0.9,fr;q=0.5' }
export const encode = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

/** A token that is none. */
export const WRONG = `ecr_${'x'.repeat(43)}`

/** Requests to one badge class, and the paths of the links to them. */
export async function createLinkedForm({ app, ctx }: TestService, tenant: Tenant) {
  const badge = await createForm(tenant, { askReferent: true, askStructure: true }, { name: 'Je m’engage' })
  return {
    badge,
    submit: () =>
      submitDraft(app, badge, {
        referent: { name: 'Claire Petit', email: 'claire.petit@siae.example' },
        structure: { name: 'ACI Les Jardins' },
      }),
    /** As it is mailed to the accompanying professional. */
    referentLink: async ({ id }: { id: string }) =>
      `/attestations/${await createLink(ctx.db, { requestId: id, kind: 'referent', now: ctx.clock() })}`,
    reviewLink: async ({ id }: { id: string }, name = 'Marc Dubois') => {
      const { body } = await tenant.call('POST', `/v1/requests/${id}/reviewers`, { name })
      return new URL(body.link).pathname
    },
    /** The request as a system of the issuer sees it. */
    seen: async ({ id }: { id: string }) => (await tenant.call('GET', `/v1/requests/${id}`)).body,
  }
}
