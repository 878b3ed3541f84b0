import t from 'tap'
import { issueCredential } from '../support/credentials.ts'
import { createTenant } from '../support/factories.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const call = caller(service.app)
const signed = await issueCredential(await createTenant(service.app))
const NOT_VERIFIED = `${PUBLIC_URL}/problems/not-verified`
const PARSING_ERROR = 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR'

const DOCUMENTS = [
  ['/credentials/verify', 'verifiableCredential', 'not-a-credential'],
  ['/presentations/verify', 'verifiablePresentation', 'not-a-presentation'],
] as const

for (const [url, member, code] of DOCUMENTS) {
  t.test(`${url}: what is no document at all is a PARSING_ERROR`, async (t) => {
    const deep = `{"${member}":${'{"a":'.repeat(60)}1${'}'.repeat(61)}`
    const bodies: unknown[] = [{}, [], { [member]: JSON.stringify(signed) }, { [member]: [signed] }]
    for (const value of [null, 5, true, '']) bodies.push({ [member]: value })
    const texts = ['', '{', 'null', '"x"', '{"a":1,"a":2}', deep, `{"${member}":{"a":"\\ud800"}}`]
    for (const text of [...bodies.map((body) => JSON.stringify(body)), ...texts]) {
      const { status, body, headers } = await call('POST', url, text, { 'content-type': 'application/json' })
      t.equal(status, 400, text.slice(0, 40))
      t.match(headers['content-type'], 'application/problem+json')
      t.match(body, { type: NOT_VERIFIED, status: 400, verified: false, errors: [{ path: String }] })
      const [problem, ...others] = body.problemDetails
      t.match(problem, { type: PARSING_ERROR, code, check: 'parse', title: /\w/, detail: /JSON/ })
      t.equal(others.length, 0)
    }
    t.match((await call('POST', url)).body, { verified: false }, 'no body')
  })

  t.test(`${url}: what is wrong with the request and not with the document is no such thing`, async (t) => {
    const document = { [member]: signed }
    const cases: [number, object | string, string?, string?][] = [
      [400, { ...document, options: 5 }],
      [400, { ...document, options: { challenge: 5 } }],
      [400, document, 'application/json', '?a=%00'],
      [400, document, 'application/json', '?a=%ff'],
      [415, '{}', 'text/csv'],
    ]
    for (const [status, body, type = 'application/json', query = ''] of cases) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const answer = await call('POST', `${url}${query}`, text, { 'content-type': type })
      t.equal(answer.status, status, text.slice(-60))
      t.not(answer.body.type, NOT_VERIFIED)
      t.notOk('verified' in answer.body)
    }
  })

  t.test(`${url}: it is told in the reader’s language`, async (t) => {
    const { body, headers } = await call('POST', url, {}, { 'accept-language': 'fr' })
    t.equal(headers['content-language'], 'fr')
    t.match(body.problemDetails[0], { title: 'Document illisible', detail: /un objet JSON est attendu/ })
    t.match(body.errors[0], { path: `/${member}`, message: /obligatoire/ })
  })
}
