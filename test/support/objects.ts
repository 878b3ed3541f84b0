import type { FastifyInstance } from 'fastify'
import { checkedBatch, untilDone } from './batches.ts'
import { award, createDraft, createKey, type Tenant } from './factories.ts'
import { png } from './images.ts'

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
}

export async function prepareObjects(app: FastifyInstance, tenant: Tenant): Promise<Objects> {
  // PNG: an SVG would be drawn in a process of its own, which takes longer than all the rest.
  const image = await png(4, 4)
  const { id: draftId } = await createDraft(tenant)
  const { id: badgeId } = await createDraft(tenant)
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
  return { slug: tenant.slug, draftId, badgeId, assertionId, keyId, batchId, doneBatchId }
}

/** What a tenant can read of itself, as one text; the keys that a test calls with are left out. */
export async function snapshot(tenant: Tenant): Promise<string> {
  const lists = [
    '',
    '/badge-classes?limit=200',
    '/assertions?limit=200',
    '/batches?limit=200',
    '/signing-keys',
  ]
  const answers = []
  for (const list of lists) answers.push(await tenant.call('GET', `/v1/issuers/${tenant.slug}${list}`))
  const keys = await tenant.call('GET', `/v1/issuers/${tenant.slug}/api-keys?limit=200`)
  const objects = keys.body.items.filter(({ name }: { name: string }) => name !== 'Test')
  return [...answers.map(({ text }) => text), JSON.stringify(objects)].join('\n')
}
