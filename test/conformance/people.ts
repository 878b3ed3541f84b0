import { createLink, type LinkKind } from '../../src/requests/links.ts'
import type { Tenant } from '../support/factories.ts'
import { type Applicant, createForm, startDraft } from '../support/requests.ts'
import type { TestService } from '../support/service.ts'

interface Asking extends Applicant {
  /** Id of a file. */
  readonly file: string
}

/** Who asks for a badge, and whom that involves. */
export interface Person {
  readonly draft: Asking
  readonly submitted: Asking
  /** Tokens of links to the submitted one. */
  readonly referent: string
  readonly reviewer: string
}

/** A badge with a form that has a question of each kind, none of them required. */
export async function createAsked(tenant: Tenant): Promise<string> {
  const question = { label: 'Question', required: false }
  return createForm(tenant, {
    formUrl: 'https://form.example/',
    askStructure: false,
    askReferent: true,
    questions: [
      { ...question, id: 'why', kind: 'text', maxLength: 100 },
      { ...question, id: 'day', kind: 'date' },
      { ...question, id: 'site', kind: 'url' },
      { ...question, id: 'agreed', kind: 'yesno' },
      { ...question, id: 'choice', kind: 'choice', options: [{ id: 'a', label: 'A' }] },
    ],
    evidence: [{ id: 'proof', label: 'Proof', required: false, maxFiles: 10 }],
  })
}

/** A draft and a submitted request, with a file each. */
export async function startAsking({ app, ctx }: TestService, badgeClassId: string): Promise<Person> {
  const start = async () => {
    const referent = { name: 'Marc Dubois', email: 'marc@example.org' }
    const applicant = await startDraft(app, badgeClassId, { referent })
    const stored = await applicant.call('PUT', '/evidence/proof', 'Seen', { 'content-type': 'text/plain' })
    return { ...applicant, file: stored.body.id }
  }
  const [draft, submitted] = [await start(), await start()]
  const done = await submitted.call('POST', '/submit')
  if (done.status !== 200) throw new Error(done.text)
  const link = (kind: LinkKind) => createLink(ctx.db, { requestId: submitted.id, kind, now: new Date() })
  return { draft, submitted, referent: await link('referent'), reviewer: await link('reviewer') }
}
