import t from 'tap'
import { award, BADGE, createBadge, createDraft, createTenant, SVG } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const { app } = service
const stranger = caller(app)
const tenant = await createTenant(app)
const { call } = tenant
const publicPath = (id: string, query = '') => `/achievements/${id}${query}`

t.test('a draft can be changed freely and nobody else sees it', async (t) => {
  const { id } = await createDraft(tenant)
  t.match((await call('GET', `/v1/badge-classes/${id}`)).body, {
    ...BADGE,
    issuer: tenant.slug,
    status: 'draft',
    version: 1,
    achievementUrl: `${PUBLIC_URL}/achievements/${id}`,
  })
  const changed = await call('PATCH', `/v1/badge-classes/${id}`, { name: 'Je m’engage vraiment' })
  t.match(changed.body, { name: 'Je m’engage vraiment', status: 'draft', version: 1 })
  t.equal((await stranger('GET', publicPath(id))).status, 404)
  t.equal((await stranger('GET', publicPath(id, '?version=1'))).status, 404)
  const early = await call('POST', `/v1/badge-classes/${id}/assertions`, {
    recipient: { email: 'a@b.example' },
  })
  t.equal(early.status, 409)
  t.match(early.body.type, /\/problems\/not-published$/)
})

t.test('a change of a published badge class is its next version, and the older one stays', async (t) => {
  service.setTime('2026-04-01T08:00:00Z')
  const { id } = await createBadge(tenant)
  const first = await stranger('GET', publicPath(id))
  t.match(first.body, { name: BADGE.name, version: '1' })
  service.setTime('2026-04-02T08:00:00Z')
  const changed = await call('PATCH', `/v1/badge-classes/${id}`, { name: 'Deux', tags: ['engagement'] })
  t.match(changed.body, {
    version: 2,
    status: 'published',
    name: 'Deux',
    publishedAt: '2026-04-02T08:00:00.000Z',
  })
  await call('PATCH', `/v1/badge-classes/${id}`, { name: 'Trois' })
  const names = []
  for (const query of ['', '?version=3', '?version=2', '?version=1']) {
    const { body } = await stranger('GET', publicPath(id, query))
    names.push([body.version, body.name, body.tag])
  }
  t.strictSame(names, [
    ['3', 'Trois', ['engagement']],
    ['3', 'Trois', ['engagement']],
    ['2', 'Deux', ['engagement']],
    ['1', BADGE.name, undefined],
  ])
  const again = await stranger('GET', publicPath(id, '?version=1'))
  t.strictSame(again.body, first.body, 'the first version says what it said')
  t.equal((await stranger('GET', publicPath(id, '?version=4'))).status, 404)
  for (const version of ['0', '-1', 'x', '1.5']) {
    t.equal((await stranger('GET', publicPath(id, `?version=${version}`))).status, 400, version)
  }
})

t.test('a credential keeps the version that was earned', async (t) => {
  const { id } = await createBadge(tenant)
  const before = await award(tenant, id)
  await call('PATCH', `/v1/badge-classes/${id}`, { description: 'Autrement' })
  const after = await award(tenant, id)
  const earned = []
  for (const { path } of [before, after]) {
    const { achievement } = (await stranger('GET', path)).body.credentialSubject
    earned.push([achievement.version, achievement.description])
  }
  t.strictSame(earned, [
    ['1', BADGE.description],
    ['2', 'Autrement'],
  ])
})

t.test('a new image of a published badge class is a new version', async (t) => {
  const { id } = await createBadge(tenant)
  const other = SVG.replace('#2b6cb0', '#c53030')
  const path = `/v1/badge-classes/${id}/image`
  const changed = await call('PUT', path, other, { 'content-type': 'image/svg+xml' })
  t.equal(changed.body.version, 2)
  const same = await call('PUT', path, other, { 'content-type': 'image/svg+xml' })
  t.equal(same.body.version, 2, 'the same image again is no change')
  const [newest, oldest] = await Promise.all(
    ['', '?version=1'].map(async (query) => (await stranger('GET', publicPath(id, query))).body.image.id),
  )
  t.not(newest, oldest)
  t.match((await stranger('GET', new URL(oldest).pathname)).text, /#2b6cb0/, 'the old image is still served')
})

t.test('a change that changes nothing makes no version and leaves the ETag', async (t) => {
  const { id } = await createBadge(tenant, { tags: ['a', 'b'], validFor: 'P2Y' })
  const path = `/v1/badge-classes/${id}`
  const before = await call('GET', path)
  for (const change of [
    {},
    { name: BADGE.name },
    { tags: ['a', 'b'], validFor: 'P2Y' },
    { humanCode: null },
  ]) {
    const answer = await call('PATCH', path, change)
    t.equal(answer.status, 200)
    t.strictSame(answer.body, before.body, JSON.stringify(change))
  }
  t.equal((await call('PATCH', path, { tags: ['b', 'a'] })).body.version, 2, 'another order is a change')
  const slug = await call('PATCH', path, { slug: 'un-autre' })
  t.match(slug.body, { version: 2, slug: 'un-autre' }, 'the slug is ours, not the Achievement’s')
  t.not(slug.headers.etag, before.headers.etag)
})

t.test('null removes an optional member, and a required one cannot be removed', async (t) => {
  const optional = { humanCode: 'E1', tags: ['x'], validFor: 'P1Y', language: 'fr', creditsAvailable: 2 }
  const { id } = await createBadge(tenant, optional)
  const path = `/v1/badge-classes/${id}`
  const nothing = Object.fromEntries(Object.keys(optional).map((name) => [name, null]))
  const changed = await call('PATCH', path, nothing)
  t.equal(changed.body.version, 2)
  for (const name of Object.keys(optional)) t.notOk(name in changed.body, name)
  const { body } = await stranger('GET', publicPath(id))
  for (const name of ['humanCode', 'tag', 'inLanguage', 'creditsAvailable']) t.notOk(name in body, name)
  for (const name of ['name', 'description', 'criteria']) {
    const answer = await call('PATCH', path, { [name]: null })
    t.equal(answer.status, 400)
    t.equal(answer.body.errors[0].path, `/${name}`)
  }
})

t.test('an archived badge class is awarded and changed no more, and stays readable', async (t) => {
  const { id } = await createBadge(tenant)
  const { path } = await award(tenant, id)
  const archived = await call('POST', `/v1/badge-classes/${id}/archive`)
  t.match([archived.status, archived.body.status], [200, 'archived'])
  t.equal((await call('POST', `/v1/badge-classes/${id}/archive`)).status, 200, 'twice is once')
  const refused = await call('POST', `/v1/badge-classes/${id}/assertions`, {
    recipient: { email: 'a@b.example' },
  })
  t.match([refused.status, refused.body.type], [409, /not-published$/])
  const change = await call('PATCH', `/v1/badge-classes/${id}`, { name: 'Non' })
  t.match([change.status, change.body.type], [409, /archived$/])
  const image = await call('PUT', `/v1/badge-classes/${id}/image`, SVG, { 'content-type': 'image/svg+xml' })
  t.equal(image.status, 409)
  t.equal((await stranger('GET', publicPath(id))).status, 200)
  t.equal((await stranger('POST', '/verify', (await stranger('GET', path)).body)).body.valid, true)
  const back = await call('POST', `/v1/badge-classes/${id}/publish`)
  t.match(back.body, { status: 'published', version: 1 })
  t.ok(await award(tenant, id), 'and it comes back')
})

t.test('an archived draft was never public', async (t) => {
  const { id } = await createDraft(tenant)
  await call('POST', `/v1/badge-classes/${id}/archive`)
  t.equal((await stranger('GET', publicPath(id))).status, 404)
})

t.test('publishing twice publishes once', async (t) => {
  service.setTime('2026-05-01T00:00:00Z')
  const { id } = await createDraft(tenant)
  const first = await call('POST', `/v1/badge-classes/${id}/publish`)
  service.setTime('2026-05-02T00:00:00Z')
  const second = await call('POST', `/v1/badge-classes/${id}/publish`)
  t.equal(first.body.publishedAt, '2026-05-01T00:00:00.000Z')
  t.strictSame(second.body, first.body)
})

t.test('a slug names one badge class of an issuer, and another issuer may use it', async (t) => {
  const other = await createTenant(app)
  await createDraft(tenant, { slug: 'je-m-engage' })
  const taken = await call('POST', `/v1/issuers/${tenant.slug}/badge-classes`, {
    ...BADGE,
    slug: 'je-m-engage',
  })
  t.match([taken.status, taken.body.type], [409, /slug-taken$/])
  t.ok(await createDraft(other, { slug: 'je-m-engage' }))
  const { id } = await createBadge(tenant)
  const change = { slug: 'je-m-engage', name: 'Pris' }
  const patched = await call('PATCH', `/v1/badge-classes/${id}`, change)
  t.match([patched.status, patched.body.type], [409, /slug-taken$/])
  t.match(
    (await call('GET', `/v1/badge-classes/${id}`)).body,
    { version: 1, name: BADGE.name },
    'nothing is kept',
  )
})

t.test('of ten changes with one ETag exactly one wins', async (t) => {
  const { id } = await createBadge(tenant)
  const path = `/v1/badge-classes/${id}`
  const { etag } = (await call('GET', path)).headers
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      call('PATCH', path, { name: `N${i}` }, { 'if-match': String(etag) }),
    ),
  )
  const won = answers.filter((a) => a.status === 200)
  t.equal(won.length, 1)
  t.equal(answers.filter((a) => a.status === 412).length, 9)
  t.match((await call('GET', path)).body, { version: 2, name: won[0]!.body.name })
})

t.test('ten changes at the same time make ten versions without a gap', async (t) => {
  const { id } = await createBadge(tenant)
  const path = `/v1/badge-classes/${id}`
  const changes = Array.from({ length: 10 }, (_, i) => call('PATCH', path, { name: `N${i}` }))
  const made = new Map((await Promise.all(changes)).map(({ body }) => [body.version, body.name]))
  t.strictSame(
    [...made.keys()].sort((a, b) => a - b),
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  )
  for (const [version, name] of made) {
    t.equal(
      (await stranger('GET', publicPath(id, `?version=${version}`))).body.name,
      name,
      `version ${version}`,
    )
  }
})
