import t from 'tap'
import { leftNothing, ownTemporaryFolder, startStores } from './stores.ts'

ownTemporaryFolder(t)
const stores = await startStores(t)
const BYTES = { 'content-type': 'application/octet-stream' }

for (const store of stores) {
  t.test(`${store.name}: only the person's own token opens it, and only until it is submitted`, async (t) => {
    const applicant = await store.start()
    const stranger = await store.start()
    const put = await applicant.call('PUT', '/evidence/proof', 'x', BYTES)
    const url = `/requests/${applicant.id}/evidence/proof`
    for (const token of [undefined, stranger.token, 'ecr_nothing', store.tenant.key]) {
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
      for (const [method, rest] of [
        ['PUT', ''],
        ['GET', `/${put.body.id}`],
        ['DELETE', `/${put.body.id}`],
        ['DELETE', ''],
      ] as const) {
        const answer = await store.service.app.inject({
          method,
          url: url + rest,
          headers,
          ...(method === 'PUT' ? { payload: 'y' } : {}),
        })
        t.equal(answer.statusCode, 401, `${method} ${token?.slice(0, 6)}`)
      }
    }
    t.equal(
      (await stranger.call('GET', `/evidence/proof/${put.body.id}`)).status,
      404,
      'not by one’s own request',
    )
    const reviewer = `/v1/requests/${applicant.id}/evidence/${put.body.id}`
    t.equal((await store.tenant.call('GET', reviewer)).status, 404, 'a draft is not for reviewers')
    t.equal((await applicant.call('POST', '/submit')).status, 200)
    const read = await store.tenant.call('GET', reviewer)
    t.equal(read.status, 200)
    t.equal(read.text, 'x')
    t.match(read.headers['content-disposition'], /^attachment/)
    for (const [method, rest] of [
      ['PUT', ''],
      ['DELETE', `/${put.body.id}`],
      ['DELETE', ''],
    ] as const) {
      const answer = await applicant.call(
        method,
        `/evidence/proof${rest}`,
        ...((method === 'PUT' ? ['y', BYTES] : []) as []),
      )
      t.equal(answer.status, 409)
      t.match(answer.body, { type: /request-state$/, state: 'submitted' })
    }
    t.equal(
      (await applicant.call('GET', `/evidence/proof/${put.body.id}`)).status,
      200,
      'one’s own can be read',
    )
    await store.tenant.call(
      'POST',
      `/v1/requests/${applicant.id}/return`,
      { reason: 'Il manque la signature' },
      { 'if-match': '*' },
    )
    t.equal((await applicant.call('PUT', '/evidence/proof', 'z', BYTES)).status, 201, 'returned: once more')
    await applicant.call('DELETE')
    await stranger.call('DELETE')
    t.equal((await applicant.call('PUT', '/evidence/proof', 'z', BYTES)).status, 410)
    await leftNothing(t, store)
  })
}
