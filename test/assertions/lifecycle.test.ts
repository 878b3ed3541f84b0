import t from 'tap'
import { award, createBadge, createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const UNKNOWN = '00000000-0000-4000-8000-000000000000'

t.test('the same person holds the same badge once', async (t) => {
  const tenant = await createTenant(service.app)
  const badge = await createBadge(tenant)
  const other = await createBadge(tenant)
  const recipients = [
    { email: 'aicha@example.org' },
    { did: 'did:example:aicha' },
    { identifier: { type: 'systemId', value: '42' } },
  ]
  for (const recipient of recipients) {
    const first = await award(tenant, badge.id, { recipient })
    const give = (body: object) =>
      tenant.call('POST', `/v1/badge-classes/${badge.id}/assertions`, { recipient, ...body })
    t.match(await give({}), { status: 409, body: { assertionId: first.id } }, JSON.stringify(recipient))
    t.match(await give({ allowDuplicate: false }), { status: 409 })
    const second = await give({ allowDuplicate: true })
    t.equal(second.status, 201)
    t.not(second.body.credentialId, first.credentialId)
    t.equal((await give({ allowDuplicate: true })).status, 201, 'as often as the issuer says')
    t.match(await give({}), { status: 409, body: { assertionId: first.id } }, 'the first is named')
    await award(tenant, other.id, { recipient })
  }
})

t.test('an address is one person in every spelling of its letters', async (t) => {
  const tenant = await createTenant(service.app)
  const { id } = await createBadge(tenant)
  const first = await award(tenant, id, { recipient: { email: 'Aicha@Example.org', name: 'Aïcha' } })
  const same = [
    { email: 'aicha@example.ORG', name: 'Someone else' },
    { identifier: { type: 'emailAddress', value: 'AICHA@example.org' } },
  ]
  for (const recipient of same) {
    const refused = await tenant.call('POST', `/v1/badge-classes/${id}/assertions`, { recipient })
    t.match(refused, { status: 409, body: { assertionId: first.id } })
  }
  await award(tenant, id, { recipient: { identifier: 'aicha@example.org' } })
})

t.test('after a revocation the person can be awarded the badge again', async (t) => {
  const tenant = await createTenant(service.app)
  const { id } = await createBadge(tenant)
  const recipient = { email: 'aicha@example.org' }
  const give = () => tenant.call('POST', `/v1/badge-classes/${id}/assertions`, { recipient })
  const first = await give()
  await tenant.call('POST', `/v1/assertions/${first.body.id}/revoke`, { reason: 'Erreur' })
  const second = await give()
  t.equal(second.status, 201)
  t.match(await give(), { status: 409, body: { assertionId: second.body.id } })
})

t.test('of twenty awards of one badge to one person at the same time, one is made', async (t) => {
  const tenant = await createTenant(service.app)
  const { id } = await createBadge(tenant)
  const recipient = { email: 'aicha@example.org' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      tenant.call('POST', `/v1/badge-classes/${id}/assertions`, { recipient }),
    ),
  )
  const made = answers.filter(({ status }) => status === 201)
  t.equal(made.length, 1)
  const refused = answers.filter(({ status }) => status === 409)
  t.equal(refused.length, 19)
  t.ok(refused.every(({ body }) => body.assertionId === made[0]!.body.id))
  const list = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions`)
  t.equal(list.body.items.length, 1)
})

t.test('the assertions of an issuer are listed newest first, and narrowed by each filter', async (t) => {
  const tenant = await createTenant(service.app)
  const [badge, other] = [await createBadge(tenant), await createBadge(tenant)]
  const give = async (time: string, badgeClass: string, overrides: object) => {
    service.setTime(time)
    return (await award(tenant, badgeClass, overrides)).id
  }
  const ids = {
    short: await give('2026-03-01T09:00:00Z', badge.id, { validUntil: '2026-03-02T09:00:00Z' }),
    long: await give('2026-03-01T10:00:00.500Z', badge.id, { recipient: { email: 'Aicha@example.org' } }),
    did: await give('2026-03-01T11:00:00Z', other.id, { recipient: { did: 'did:example:Aicha' } }),
    revoked: await give('2026-03-01T12:00:00Z', other.id, {}),
  }
  service.setTime('2026-03-02T09:00:00Z')
  await tenant.call('POST', `/v1/assertions/${ids.revoked}/revoke`, { reason: 'Erreur' })
  const neighbour = await createTenant(service.app)
  await award(neighbour, (await createBadge(neighbour)).id, { recipient: { email: 'aicha@example.org' } })

  const { revoked, did, long, short } = ids
  const cases: [query: string, found: string[]][] = [
    ['', [revoked, did, long, short]],
    [`?badgeClass=${badge.id}`, [long, short]],
    [`?badgeClass=${UNKNOWN}`, []],
    ['?recipient=aicha@example.org', [long]],
    ['?recipient=AICHA@EXAMPLE.ORG', [long]],
    ['?recipient=did:example:Aicha', [did]],
    ['?recipient=did:example:AICHA', []],
    ['?status=active', [did, long]],
    ['?status=expired', [short]],
    ['?status=revoked', [revoked]],
    ['?since=2026-03-01T10:00:00.500Z', [revoked, did, long]],
    ['?since=2026-03-01T12:30:00%2B01:00', [revoked]],
    [`?status=active&badgeClass=${other.id}&since=2026-03-01T00:00:00Z&recipient=did:example:Aicha`, [did]],
  ]
  for (const [query, found] of cases) {
    const { status, body } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions${query}`)
    t.equal(status, 200, query)
    t.same(
      body.items.map((item: { id: string }) => item.id),
      found,
      query || 'all',
    )
  }
  for (const query of ['?status=lost', '?since=yesterday', '?since=2026-02-30T00:00:00Z', '?badgeClass=1']) {
    const refused = await tenant.call('GET', `/v1/issuers/${tenant.slug}/assertions${query}`)
    t.equal(refused.status, 400, query)
  }
})

t.test('an assertion is read as it was made, and says when it has expired', async (t) => {
  const tenant = await createTenant(service.app)
  const { id } = await createBadge(tenant)
  service.setTime('2026-03-01T09:00:00Z')
  const made = await award(tenant, id, { validUntil: '2026-03-02T00:00:00Z' })
  const { path: _, ...told } = made
  const read = () => tenant.call('GET', `/v1/assertions/${made.id}`)
  t.match(await read(), { status: 200, headers: { etag: '"1"' }, body: { ...told, status: 'active' } })
  service.setTime('2026-03-01T23:59:59Z')
  t.equal((await read()).body.status, 'active')
  service.setTime('2026-03-02T00:00:00Z')
  t.equal((await read()).body.status, 'expired')
  t.equal((await tenant.call('GET', `/v1/assertions/${made.credentialId}`)).status, 404)
  t.equal((await tenant.call('GET', `/v1/assertions/${UNKNOWN}`)).status, 404)
})

t.test('a revocation is for good: the first reason stays, and nothing undoes it', async (t) => {
  const tenant = await createTenant(service.app)
  const badge = await createBadge(tenant)
  const made = await award(tenant, badge.id)
  const revoke = (reason: unknown) => tenant.call('POST', `/v1/assertions/${made.id}/revoke`, { reason })
  for (const reason of [undefined, '', '  ', 7]) t.equal((await revoke(reason)).status, 400, String(reason))
  t.equal((await tenant.call('GET', `/v1/assertions/${made.id}`)).body.status, 'active')

  const before = await caller(service.app)('GET', made.path)
  service.setTime('2026-04-01T09:00:00Z')
  const first = await revoke('Attribué par erreur')
  t.match(first, { status: 200, body: { status: 'revoked', revocationReason: 'Attribué par erreur' } })
  t.equal(first.body.revokedAt, '2026-04-01T09:00:00.000Z')
  service.setTime('2026-04-02T09:00:00Z')
  const again = await revoke('Autre raison')
  t.equal(again.status, 200)
  t.same(again.body, first.body)
  const shown = { ...first.body, claims: [], renderings: [] }
  t.same((await tenant.call('GET', `/v1/assertions/${made.id}`)).body, shown)

  for (const method of ['PATCH', 'PUT', 'DELETE'] as const) {
    const answer = await tenant.call(method, `/v1/assertions/${made.id}`, { status: 'active' })
    t.equal(answer.status, 404, `${method} does not exist`)
  }
  const after = await caller(service.app)('GET', made.path)
  t.equal(after.status, 200, 'the credential stays; the status list says that it is revoked')
  t.ok(after.bytes.equals(before.bytes))
})

t.test('of several revocations at the same time, one decides', async (t) => {
  const tenant = await createTenant(service.app)
  const made = await award(tenant, (await createBadge(tenant)).id)
  const answers = await Promise.all(
    ['un', 'deux', 'trois', 'quatre'].map((reason) =>
      tenant.call('POST', `/v1/assertions/${made.id}/revoke`, { reason }),
    ),
  )
  t.ok(answers.every(({ status }) => status === 200))
  t.equal(new Set(answers.map(({ body }) => body.revocationReason)).size, 1)
})
