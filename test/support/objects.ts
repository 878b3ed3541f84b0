import { changeMail, getMail } from '../../src/mail/queries.ts'
import { checkedBatch, untilDone } from './batches.ts'
import { award, createDraft, createKey, type Tenant } from './factories.ts'
import { png } from './images.ts'
import { newMail, queueIn } from './mails.ts'
import { SHORT_FORM, startDraft } from './requests.ts'
import type { TestService } from './service.ts'

/** One object of every kind, of one tenant. */
export interface Objects {
  readonly slug: string
  readonly draftId: string
  readonly badgeId: string
  readonly assertionId: string
  readonly keyId: string
  /** Checked; none of its rows can be issued, so that a commit leaves nothing to do in the background. */
  readonly batchId: string
  readonly doneBatchId: string
  /** It has failed. */
  readonly mailId: string
  /** Submitted. */
  readonly requestId: string
  /** A file of the request. */
  readonly evidenceId: string
  readonly claimCodesId: string
}

export async function prepareObjects(
  { app, ctx }: Pick<TestService, 'app' | 'ctx'>,
  tenant: Tenant,
): Promise<Objects> {
  // PNG: an SVG would be drawn in a process of its own, which takes longer than all the rest.
  const image = await png(4, 4)
  const { id: draftId } = await createDraft(tenant)
  const { id: badgeId } = await createDraft(tenant, { requestForm: FORM })
  for (const id of [draftId, badgeId]) {
    await tenant.call('PUT', `/v1/badge-classes/${id}/image`, image, { 'content-type': 'image/png' })
  }
  await tenant.call('POST', `/v1/badge-classes/${badgeId}/publish`)
  const { id: assertionId } = await award(tenant, badgeId)
  await createKey(app, tenant.slug, ['issuer:read'], { name: 'Object' })
  const keys = await tenant.call('GET', `/v1/issuers/${tenant.slug}/api-keys?limit=1`)
  const { id: batchId } = await checkedBatch(tenant, badgeId, ['none'])
  const { id: doneBatchId } = await checkedBatch(tenant, badgeId, ['none'])
  await untilDone(tenant, doneBatchId)
  const keyId = keys.body.items[0].id
  const mailId = await failedMail(ctx, tenant)
  const request = await submittedRequest(app, badgeId)
  const codes = await tenant.call('POST', `/v1/badge-classes/${badgeId}/claim-codes`, { count: 1 })
  return {
    slug: tenant.slug,
    draftId,
    badgeId,
    assertionId,
    keyId,
    batchId,
    doneBatchId,
    mailId,
    ...request,
    claimCodesId: codes.body.id,
  }
}

const FORM = { ...SHORT_FORM, evidence: [{ id: 'proof', label: 'Justificatif', required: false }] }

async function submittedRequest(app: TestService['app'], badgeId: string) {
  const applicant = await startDraft(app, badgeId)
  const file = await applicant.call('PUT', '/evidence/proof', 'Vu et signé', { 'content-type': 'text/plain' })
  const submitted = await applicant.call('POST', '/submit')
  if (submitted.status !== 200) throw new Error(file.text + submitted.text)
  return { requestId: applicant.id, evidenceId: file.body.id as string }
}

/** A mail that nobody is waiting to send. */
async function failedMail(ctx: TestService['ctx'], tenant: Tenant): Promise<string> {
  const id = await queueIn(ctx, newMail(tenant))
  const mail = await getMail(ctx.db, { kind: 'operator' }, id)
  await changeMail(ctx.db, mail, { state: 'failed', lastError: '550 No such user' })
  return id
}

/** What a tenant can read of itself, as one text; the keys that a test calls with are left out. */
export async function snapshot(tenant: Tenant): Promise<string> {
  const lists = [
    '',
    '/badge-classes?limit=200',
    '/assertions?limit=200',
    '/batches?limit=200',
    '/mails?limit=200',
    '/requests?limit=200',
    '/signing-keys',
  ]
  const answers = []
  for (const list of lists) answers.push(await tenant.call('GET', `/v1/issuers/${tenant.slug}${list}`))
  const badges = await tenant.call('GET', `/v1/issuers/${tenant.slug}/badge-classes?limit=200`)
  for (const { id } of badges.body.items) {
    answers.push(await tenant.call('GET', `/v1/badge-classes/${id}/claim-codes?limit=200`))
  }
  const keys = await tenant.call('GET', `/v1/issuers/${tenant.slug}/api-keys?limit=200`)
  const objects = keys.body.items.filter(({ name }: { name: string }) => name !== 'Test')
  return [...answers.map(({ text }) => text), JSON.stringify(objects)].join('\n')
}
