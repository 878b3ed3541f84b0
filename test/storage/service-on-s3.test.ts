import t from 'tap'
import { award, createBadge, createDraft, createTenant, SVG } from '../support/factories.ts'
import { ALL_WELL, verifier } from '../support/foreign-issuer.ts'
import { startS3 } from '../support/s3.ts'
import { caller, startService } from '../support/service.ts'

const s3 = await startS3()
t.teardown(s3.close)
const service = await startService(t, { storageUrl: s3.url })
const call = caller(service.app)
const tenant = await createTenant(service.app)

t.test('the service is ready on a bucket', async (t) => {
  const { status, body } = await call('GET', '/readyz')
  t.equal(status, 200)
  t.strictSame(body.checks, { database: true, storage: true, signature: true })
})

t.test('an image goes into the bucket and comes back, drawn and as PNG', async (t) => {
  const { id } = await createDraft(tenant)
  const put = await tenant.call('PUT', `/v1/badge-classes/${id}/image`, SVG, {
    'content-type': 'image/svg+xml',
  })
  t.equal(put.status, 200, put.text)
  const image = await call('GET', new URL(put.body.imageUrl).pathname)
  t.equal(image.status, 200)
  t.equal(image.headers['content-type'], 'image/svg+xml')
  t.match(image.text, 'fill="#2b6cb0"')
  t.equal((await call('GET', `/images/${'0'.repeat(64)}.png`)).status, 404)
})

t.test('credentials are baked into images of the bucket', async (t) => {
  const { path } = await award(tenant, (await createBadge(tenant)).id)
  for (const suffix of ['.png', '.svg']) {
    const baked = await call('GET', path + suffix)
    t.equal(baked.status, 200, suffix)
    const told = await verifier(service.app)(baked.bytes, { 'content-type': 'application/octet-stream' })
    t.strictSame(told.checks, ALL_WELL, suffix)
  }
})

t.test('without the bucket the service says that it is not ready, and why to the log alone', async (t) => {
  const broken = await startService(t, { storageUrl: s3.urlOfStranger })
  const { status, body, text } = await caller(broken.app)('GET', '/readyz')
  t.equal(status, 503)
  t.strictSame(body.checks, { database: true, storage: false, signature: true })
  t.notMatch(text, /s3|access key|stranger/i)
  const other = await createTenant(broken.app)
  const { id } = await createDraft(other)
  const put = await other.call('PUT', `/v1/badge-classes/${id}/image`, SVG, {
    'content-type': 'image/svg+xml',
  })
  t.equal(put.status, 500)
  t.strictSame(Object.keys(put.body).sort(), ['status', 'title', 'type'])
  t.notMatch(broken.logged(), 'hushhush', 'the secret of the bucket is not logged')
})
