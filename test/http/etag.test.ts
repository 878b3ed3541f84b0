import t from 'tap'
import { award, createBadge, createDraft, createTenant, SVG } from '../support/factories.ts'
import { startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const authorization = `Bearer ${tenant.key}`

/** Sends as it is: without the If-Match that a caller adds. */
const send = (method: 'GET' | 'PATCH' | 'PUT', url: string, headers: object, payload?: object | string) =>
  service.app.inject({ method, url, headers: { authorization, ...headers }, ...(payload ? { payload } : {}) })
const rename = (url: string, headers: object, name: string) => send('PATCH', url, headers, { name })

const draft = await createDraft(tenant)
const badge = await createBadge(tenant)
const assertion = await award(tenant, badge.id)
const objects = [
  `/v1/issuers/${tenant.slug}`,
  `/v1/badge-classes/${draft.id}`,
  `/v1/assertions/${assertion.id}`,
]

for (const url of objects) {
  t.test(`${url.split('/').slice(0, 3).join('/')} is told only when it has changed`, async (t) => {
    const read = await send('GET', url, {})
    const etag = String(read.headers.etag)
    t.match(etag, /^"\d+"$/)
    t.equal(etag, `"${read.json().revision}"`)
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await send('GET', url, { 'if-none-match': tag })
      t.equal(again.statusCode, 304, tag)
      t.equal(again.body, '')
      t.equal(again.headers.etag, etag)
    }
    for (const tag of ['"999"', '"', etag.slice(1, -1)]) {
      t.equal((await send('GET', url, { 'if-none-match': tag })).statusCode, 200, tag)
    }
  })
}

for (const url of objects.slice(0, 2)) {
  const kind = url.split('/')[2]
  t.test(`${kind}: a change needs the ETag that was read`, async (t) => {
    const before = await send('GET', url, {})
    const missing = await rename(url, {}, 'Sans étiquette')
    t.equal(missing.statusCode, 428)
    t.match(missing.headers['content-type'], 'application/problem+json')
    for (const tag of ['"999"', `W/${before.headers.etag}`, 'x', '', String(before.json().revision)]) {
      t.equal((await rename(url, { 'if-match': tag }, 'Vieux')).statusCode, 412, tag)
    }
    t.equal((await send('GET', url, {})).body, before.body, 'nothing has changed')

    const changed = await rename(url, { 'if-match': String(before.headers.etag) }, 'Nouveau')
    t.equal(changed.statusCode, 200)
    t.equal(changed.json().name, 'Nouveau')
    t.not(changed.headers.etag, before.headers.etag)
    t.equal((await send('GET', url, {})).headers.etag, changed.headers.etag)
    t.equal((await rename(url, { 'if-match': String(before.headers.etag) }, 'Stale')).statusCode, 412)
    t.equal((await rename(url, { 'if-match': `"998", ${changed.headers.etag}` }, 'Liste')).statusCode, 200)
    t.equal((await rename(url, { 'if-match': '*' }, 'Étoile')).statusCode, 200)
  })

  t.test(`${kind}: of two changes of one revision, one is made`, async (t) => {
    const { headers } = await send('GET', url, {})
    const names = ['A', 'B', 'C', 'D', 'E']
    const changes = await Promise.all(
      names.map((name) => rename(url, { 'if-match': String(headers.etag) }, name)),
    )
    const statuses = changes.map(({ statusCode }) => statusCode).sort()
    t.strictSame(statuses, [200, 412, 412, 412, 412])
    const winner = changes.find(({ statusCode }) => statusCode === 200)!
    t.equal((await send('GET', url, {})).json().name, winner.json().name)
  })

  t.test(`${kind}: an image is set with the ETag too`, async (t) => {
    const { headers } = await send('GET', url, {})
    const svg = { 'content-type': 'image/svg+xml' }
    t.equal((await send('PUT', `${url}/image`, svg, SVG)).statusCode, 428)
    t.equal((await send('PUT', `${url}/image`, { ...svg, 'if-match': '"999"' }, SVG)).statusCode, 412)
    const set = await send('PUT', `${url}/image`, { ...svg, 'if-match': String(headers.etag) }, SVG)
    t.equal(set.statusCode, 200)
    t.not(set.headers.etag, headers.etag)
  })
}

t.test('what acts on an object changes its ETag', async (t) => {
  const { id } = await createDraft(tenant)
  await tenant.call('PUT', `/v1/badge-classes/${id}/image`, SVG, { 'content-type': 'image/svg+xml' })
  const etags = []
  for (const act of ['publish', 'archive']) {
    etags.push((await tenant.call('POST', `/v1/badge-classes/${id}/${act}`)).headers.etag)
  }
  t.equal(new Set([...etags, '"1"', '"2"']).size, 4)
  const before = await send('GET', objects[2]!, {})
  await tenant.call('POST', `${objects[2]}/revoke`, { reason: 'Erreur' })
  const stale = await send('GET', objects[2]!, { 'if-none-match': String(before.headers.etag) })
  t.equal(stale.statusCode, 200)
  t.equal(stale.json().status, 'revoked')
})
