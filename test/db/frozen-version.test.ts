import { sql } from 'drizzle-orm'
import t from 'tap'
import { createBadge, createDraft, createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const { db } = service.ctx
const causeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => String((error.cause as Error).message),
  )

t.test('the database itself keeps a published version as it is', async (t) => {
  const { id } = await createBadge(tenant)
  const before = await service.app.inject(`/achievements/${id}`)
  const mine = sql`where badge_class_id = ${id}`
  const changes = [
    sql`update badge_class_versions set content = '{"name":"x"}' ${mine}`,
    sql`update badge_class_versions set image = null ${mine}`,
    sql`update badge_class_versions set published_at = null ${mine}`,
    sql`update badge_class_versions set version = 2 ${mine}`,
    sql`delete from badge_class_versions ${mine}`,
  ]
  for (const change of changes) {
    t.match(await causeOf(db.execute(change)), `version 1 of badge class ${id} is published and frozen`)
  }
  t.equal((await service.app.inject(`/achievements/${id}`)).body, before.body)
})

t.test('a draft may change, and so may the next version of a published badge', async (t) => {
  const draft = await createDraft(tenant)
  const change = sql`update badge_class_versions set image = null where badge_class_id = ${draft.id}`
  t.equal(await causeOf(db.execute(change)), 'done')
  const { id } = await createBadge(tenant)
  const first = (await service.app.inject(`/achievements/${id}?version=1`)).body
  const changed = await tenant.call('PATCH', `/v1/badge-classes/${id}`, { name: 'Je m’engage encore' })
  t.equal(changed.status, 200)
  t.equal(changed.body.version, 2)
  t.equal((await service.app.inject(`/achievements/${id}?version=1`)).body, first)
})
