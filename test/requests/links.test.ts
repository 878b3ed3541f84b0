import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { createLinkedForm, encode, form, page, WRONG } from '../support/request-links.ts'
import { createForm, submitDraft } from '../support/requests.ts'
import { caller, startService } from '../support/service.ts'
import { threadTime } from '../support/thread-time.ts'

const service = await startService(t)
const { app } = service
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const { submit, referentLink, reviewLink, seen } = await createLinkedForm(service, tenant)

t.test('a token opens what it is for, and nothing else', async (t) => {
  const applicant = await submit()
  const asReferent = await referentLink(applicant)
  const asReviewer = await reviewLink(applicant)
  const swapped = [
    asReferent.replace('/attestations/', '/reviews/'),
    asReviewer.replace('/reviews/', '/attestations/'),
    `/reviews/${applicant.token}`,
    `/attestations/${applicant.token}`,
    `/attestations/${WRONG}`,
    `/attestations/${'x'.repeat(5000)}`,
    '/attestations/%00',
    '/reviews/%EF%BF%BD',
  ]
  for (const path of swapped) {
    t.equal((await anyone('GET', path)).status, 401, path.slice(0, 60))
    const inWords = await anyone('GET', path, undefined, page)
    t.equal(inWords.status, 401)
    t.match(inWords.text, 'Ce lien ne s’ouvre pas')
  }
  t.equal((await anyone('POST', `/reviews/${WRONG}/accept`)).status, 401)
  t.equal((await anyone('POST', `/attestations/${WRONG}`, { answer: 'confirmed' })).status, 401)
  t.equal((await seen(applicant)).state, 'submitted')
})

t.test('whatever people write stays text', async (t) => {
  const hostile = `"'><script>alert(1)</script>&amp;<img src=x onerror=alert(1)>`
  const evil = await createForm(
    tenant,
    {
      askReferent: true,
      askStructure: true,
      questions: [{ id: 'why', label: `Pourquoi ${hostile}`, kind: 'text', required: true }],
    },
    { name: `B ${hostile}`, description: hostile, criteria: { narrative: `- ${hostile}` } },
  )
  const applicant = await submitDraft(app, evil, {
    name: hostile,
    structure: { name: hostile },
    referent: { name: hostile, email: 'r@siae.example' },
    answers: { why: hostile },
  })
  const [asReferent, asReviewer] = [await referentLink(applicant), await reviewLink(applicant, hostile)]
  const texts = [
    await anyone('GET', `${asReferent}?answer=${encodeURIComponent(hostile)}`, undefined, page),
    await anyone('POST', asReferent, encode({ answer: 'confirmed', sentence: hostile }), form),
    await anyone('GET', asReferent, undefined, page),
    await anyone('POST', asReferent, encode({ answer: hostile, sentence: hostile, [hostile]: '1' }), form),
    await anyone('GET', asReviewer, undefined, page),
    await anyone('POST', `${asReviewer}/return`, encode({ 'comment.c1': hostile, [hostile]: '1' }), form),
    await anyone('GET', `/reviews/${encodeURIComponent(hostile)}`, undefined, page),
    await anyone('GET', `${asReviewer}/evidence/${encodeURIComponent(hostile)}`, undefined, page),
  ].map(({ text }) => text)
  for (const text of texts) {
    t.notMatch(text, /<script|<img src=x|"'>|&amp;amp;/)
    t.match(text, '</html>')
  }
  t.match(texts[4], '&#60;script&#62;alert(1)&#60;/script&#62;')
})

t.test('a form is read as strictly as JSON', async (t) => {
  const applicant = await submit()
  const link = await referentLink(applicant)
  const asJson = { 'content-type': 'application/x-www-form-urlencoded' }
  const faulty: [string, number, RegExp][] = [
    ['answer=yes', 400, /\/answer/],
    ['', 400, /\/answer/],
    ['answer=confirmed&other=1', 400, /\/other/],
    ['answer=confirmed&answer=contested', 400, /stands twice/],
    ['answer=confirmed&sentence=%00', 400, /control character/],
    ['answer=confirmed&sentence=a%1Bb', 400, /control character/],
    ['answer=confirmed&%00=1', 400, /control character/],
    ['answer=confirmed&sentence=%E9', 400, /UTF-8/],
    ['answer=confirmed&sentence=%ED%A0%80', 400, /UTF-8/],
    ['answer=confirmed&__proto__=1', 400, /__proto__/],
    [`answer=confirmed&sentence=${'x'.repeat(1001)}`, 400, /sentence/],
    [`answer=confirmed${'&a=1'.repeat(300)}`, 413, /too large/],
    [`answer=confirmed&sentence=${'x'.repeat(2 ** 16)}`, 413, /too large/],
    [`answer=confirmed&sentence=e${'%CC%81'.repeat(31)}`, 400, /combining marks/],
  ]
  for (const [body, status, fault] of faulty) {
    const answer = await anyone('POST', link, body, asJson)
    t.equal(answer.status, status, body.slice(0, 50))
    t.match(answer.text, fault)
    t.equal((await anyone('POST', link, body, form)).status, status)
  }
  t.equal((await seen(applicant)).referent.answer, undefined)
  t.equal((await anyone('POST', `/requests/${applicant.id}/submit`, 'a=1', asJson)).status, 415)
  t.match(
    (await anyone('POST', link, 'answer=confirmed&sentence=e%CC%81t%C3%A9+%2B+1', asJson)).body.answer,
    {
      sentence: 'été + 1',
    },
  )
  const equal = await anyone('POST', link, 'answer=confirmed&sentence=a=b==', asJson)
  t.equal(equal.body.answer.sentence, 'a=b==')
})

t.test('a hostile form stops nobody else, even without a token', async (t) => {
  const asJson = { 'content-type': 'application/x-www-form-urlencoded' }
  const bodies = ['=', '%CC%81%CC%A3', '+', '%0D%0A'].map((part) => {
    return `a${part.repeat(1_000_000 / part.length)}`
  })
  for (const body of bodies) {
    const started = threadTime()
    const answer = await anyone('POST', `/reviews/${WRONG}/accept`, body, asJson)
    t.match(String(answer.status), /^4/)
    t.ok(threadTime() - started < 1000, body.slice(0, 10))
    t.equal((await anyone('POST', `/attestations/${WRONG}`, body, asJson)).status, 413)
  }
})

t.test('the pages let nothing run, load or keep', async (t) => {
  const applicant = await submit()
  const [asReferent, asReviewer] = [await referentLink(applicant), await reviewLink(applicant)]
  for (const path of [asReferent, asReviewer, `/reviews/${WRONG}`]) {
    const { headers, text } = await anyone('GET', path, undefined, page)
    t.match(headers, {
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'x-content-type-options': 'nosniff',
    })
    const policy = String(headers['content-security-policy'])
    t.match(
      policy,
      /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    )
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(text) ?? []
    t.match(policy, `'sha256-${createHash('sha256').update(style).digest('base64')}'`, 'its own style may')
    t.notMatch(text, /<script| style=| on\w+=|https?:\/\//)
    t.match(text, 'name="viewport"')
  }
  for (const path of [asReferent, asReviewer, `/reviews/${WRONG}`]) {
    const { headers } = await anyone('GET', path)
    t.match(headers, { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
  }
})

t.test('no token is in the log, however the request ends', async (t) => {
  const applicant = await submit()
  const [asReferent, asReviewer] = [await referentLink(applicant), await reviewLink(applicant)]
  const tokens = [asReferent, asReviewer, WRONG].map((path) => path.slice(-47))
  for (const path of [asReferent, asReviewer, `/attestations/${WRONG}`, `/reviews/${WRONG}`]) {
    await anyone('GET', path)
    await anyone('GET', `${path}?code=${tokens[0]}`, undefined, page)
    await anyone('POST', path, 'answer=x', form)
    await anyone('PUT', path)
    for (const spelled of [
      `${path}/more`,
      `${path}/`,
      `/${path}`,
      path.toUpperCase(),
      path.replace('ecr_', '%65%63r%5f'),
      `${path.replace('ecr_', '%2565cr_')}/more`,
      `${path.replace('ecr_', '%25%36%35cr_')}/more/y`,
      `/${path.replace('ecr_', '%252565cr_')}%zz`,
      path.replace('/a', '/%2561').replace('ecr_', '%2565cr_'),
      `${path}%zz`,
      path.replace('/a', '/%61'),
      `/elsewhere/${path.slice(-47)}`,
    ]) {
      await anyone('GET', spelled)
    }
  }
  await anyone('GET', `${asReviewer}/evidence/x`)
  await anyone('POST', `${asReviewer}/return`, {})
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(url.port), url.hostname)
  await once(socket, 'connect')
  socket.write(`POST ${asReviewer}/accept HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`)
  socket.write('Content-Length: 3\r\n\r\n{}')
  await setTimeout(100)
  socket.destroy()
  for (let tries = 0; tries < 50 && !service.logged().includes('request aborted'); tries++)
    await setTimeout(100)
  t.match(service.logged(), 'request aborted')
  t.match(service.logged(), '"path":"/attestations/:token"')
  t.match(service.logged(), '"path":"/reviews/:token/accept"')
  const log = service.logged().toLowerCase()
  t.notMatch(log, 'ecr_')
  for (const token of tokens) t.notOk(log.includes(token.slice(4, 12).toLowerCase()))
})

t.test('answers by link are limited for one address', async (t) => {
  const strict = await startService(t, {
    rateLimits: { publicWrites: 2, drafts: 100, failedKeys: 100, wallets: 100, verifications: 100 },
  })
  const call = caller(strict.app)
  for (const path of [
    `/attestations/${WRONG}`,
    ...['accept', 'return', 'reject'].map((v) => `/reviews/${WRONG}/${v}`),
  ]) {
    const answers = []
    for (let i = 0; i < 3; i++) {
      answers.push(await call('POST', path, { answer: 'confirmed', reason: 'x' }, page))
    }
    t.equal(answers[2]!.status, 429, path.slice(0, 20))
    t.match(answers[2]!.text, 'Un instant, s’il vous plaît')
    t.ok(answers[2]!.headers['retry-after'])
  }
})
