import { randomUUID } from 'node:crypto'
import { changeMail, getMail } from '../../src/mail/queries.ts'
import { checkedBatch, untilDone } from './batches.ts'
import { issueCredential } from './credentials.ts'
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
  /** A claim of that assertion. */
  readonly claimId: string
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
  /** `id` of a credential that was signed as given, with a status. */
  readonly signedId: string
}

/** Which objects a URL names. */
export function namesIn(url: (objects: Objects) => string): Set<string> {
  const names = new Set<string>()
  url(new Proxy({} as Objects, { get: (_, name) => names.add(String(name)) && '' }))
  return names
}

/** @param only those of these names; the others are empty */
export async function prepareObjects(
  service: Pick<TestService, 'app' | 'ctx'>,
  tenant: Tenant,
  only?: ReadonlySet<string>,
): Promise<Objects> {
  const wants = (name: keyof Objects) => only === undefined || only.has(name)
  const ofBadge = OF_BADGE.some(wants)
  const badgeId = ofBadge ? await preparedBadge(tenant, { requestForm: FORM }) : ''
  if (ofBadge) await tenant.call('POST', `/v1/badge-classes/${badgeId}/publish`)
  const batch = async () => (await checkedBatch(tenant, badgeId, ['none'])).id
  const doneBatchId = wants('doneBatchId') ? await batch() : ''
  if (doneBatchId) await untilDone(tenant, doneBatchId)
  const assertionId = wants('assertionId') || wants('claimId') ? (await award(tenant, badgeId)).id : ''
  const claim = () => tenant.call('POST', `/v1/assertions/${assertionId}/claims`)
  const request = wants('requestId') || wants('evidenceId')
  const codes = () => tenant.call('POST', `/v1/badge-classes/${badgeId}/claim-codes`, { count: 1 })
  return {
    slug: tenant.slug,
    draftId: wants('draftId') ? await preparedBadge(tenant) : '',
    badgeId,
    assertionId,
    claimId: wants('claimId') ? (await claim()).body.id : '',
    keyId: wants('keyId') ? await preparedKey(service.app, tenant) : '',
    batchId: wants('batchId') ? await batch() : '',
    doneBatchId,
    mailId: wants('mailId') ? await failedMail(service.ctx, tenant) : '',
    ...(request ? await submittedRequest(service.app, badgeId) : { requestId: '', evidenceId: '' }),
    claimCodesId: wants('claimCodesId') ? (await codes()).body.id : '',
    signedId: wants('signedId') ? await signedId(tenant) : '',
  }
}

/** What there is of a published badge class alone. */
const OF_BADGE = [
  'badgeId',
  'assertionId',
  'claimId',
  'batchId',
  'doneBatchId',
  'requestId',
  'evidenceId',
  'claimCodesId',
] as const

/** A draft with an image. PNG: an SVG would be drawn in a process of its own, which takes longer than all the rest. */
async function preparedBadge(tenant: Tenant, overrides: object = {}): Promise<string> {
  const { id } = await createDraft(tenant, overrides)
  const png4 = await png(4, 4)
  await tenant.call('PUT', `/v1/badge-classes/${id}/image`, png4, { 'content-type': 'image/png' })
  return id
}

async function preparedKey(app: TestService['app'], tenant: Tenant): Promise<string> {
  await createKey(app, tenant.slug, ['issuer:read'], { name: 'Object' })
  const keys = await tenant.call('GET', `/v1/issuers/${tenant.slug}/api-keys?limit=1`)
  return keys.body.items[0].id
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

async function signedId(tenant: Tenant): Promise<string> {
  const { id } = await issueCredential(tenant, { id: `urn:uuid:${randomUUID()}` }, { status: true })
  return String(id)
}
