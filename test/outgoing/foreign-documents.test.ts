import t from 'tap'
import { createForeignDocuments } from '../../src/outgoing/foreign-documents.ts'
import { FetchRefused, type GuardedFetch } from '../../src/outgoing/guarded-fetch.ts'

const WANTED = { accept: 'application/json', maxBytes: 1000 }
const URL = 'https://elsewhere.example/document'
const START = Date.parse('2026-11-21T12:00:00Z')

/** Documents whose server answers with these headers; each fetch says its number. */
function documents(headers: Record<string, string> = {}) {
  const state = { now: START, fetches: 0, refuse: false }
  const fetch: GuardedFetch = async (url) => {
    state.fetches++
    await new Promise((resolve) => setImmediate(resolve))
    if (state.refuse) throw new FetchRefused('no')
    if (url.endsWith('#')) throw new Error('a fragment was sent')
    return { bytes: Buffer.from(String(state.fetches)), header: (name) => headers[name] }
  }
  const foreign = createForeignDocuments(fetch, () => new Date(state.now))
  return { state, foreign, get: (url = URL, more = {}) => foreign.get(url, { ...WANTED, ...more }) }
}

t.test('a document is kept as long as its answer says, and an hour at most', async (t) => {
  const date = new Date(START).toUTCString()
  const inTwoMinutes = new Date(START + 120_000).toUTCString()
  const cases: [headers: Record<string, string>, seconds: number][] = [
    [{}, 300],
    [{ 'cache-control': 'max-age=60' }, 60],
    [{ 'cache-control': 'public, MAX-AGE="60", immutable' }, 60],
    [{ 'cache-control': 'max-age=60, s-maxage=20' }, 20],
    [{ 'cache-control': 'max-age=60', age: '45' }, 15],
    [{ 'cache-control': 'max-age=60', age: '90' }, 0],
    [{ 'cache-control': 'max-age=60', age: 'x' }, 60],
    [{ 'cache-control': 'max-age=99999999999999999999' }, 3600],
    [{ 'cache-control': 'max-age=60', expires: date }, 60],
    [{ 'cache-control': 'no-store' }, 0],
    [{ 'cache-control': 'no-cache' }, 0],
    [{ 'cache-control': 'private, max-age=60' }, 0],
    [{ 'cache-control': 'max-age=0' }, 0],
    [{ 'cache-control': 'x-max-age=60' }, 300],
    [{ expires: inTwoMinutes, date }, 120],
    [{ expires: inTwoMinutes }, 120],
    [{ expires: '0' }, 0],
    [{ expires: 'never' }, 0],
  ]
  for (const [headers, seconds] of cases) {
    const { state, get } = documents(headers)
    const name = JSON.stringify(headers)
    await get()
    if (seconds > 0) {
      state.now = START + seconds * 1000 - 1
      t.equal((await get()).text, '1', `${name}: is kept`)
    }
    state.now = START + seconds * 1000
    t.equal((await get()).text, '2', `${name}: is fetched again`)
  }
})

t.test('calls for one document at once share one fetch', async (t) => {
  const { state, get } = documents({ 'cache-control': 'no-store' })
  const texts = await Promise.all(Array.from({ length: 50 }, (_, i) => get(`${URL}#${i}`)))
  t.equal(state.fetches, 1)
  t.strictSame(new Set(texts.map(({ text }) => text)), new Set(['1']))
  await get()
  t.equal(state.fetches, 2, 'what may not be kept is fetched for the next one')
})

t.test('what is asked for in another way is another document', async (t) => {
  const { state, get } = documents()
  await get()
  await get(URL, { accept: 'text/plain' })
  await get(URL, { maxBytes: 2000 })
  await get(`${URL}?2`)
  t.equal(state.fetches, 4)
})

t.test('who asks can want a younger copy than the answer allows', async (t) => {
  const { state, get } = documents({ 'cache-control': 'max-age=600' })
  await get()
  state.now += 10_000
  t.equal((await get(URL, { maxAgeMs: 10_000 })).text, '1')
  t.equal((await get(URL, { maxAgeMs: 9_999 })).text, '2')
  t.equal((await get()).text, '2', 'the younger one is kept from then on')
})

t.test('a failure is kept for a moment, so that a server in trouble is left alone', async (t) => {
  const { state, get } = documents()
  state.refuse = true
  await t.rejects(Promise.all([get(), get()]), new FetchRefused('no'))
  t.equal(state.fetches, 1)
  state.refuse = false
  state.now += 14_999
  await t.rejects(get(), new FetchRefused('no'))
  state.now += 1
  t.equal((await get()).text, '2')
})

t.test('not everything is fetched at once', async (t) => {
  const { state, get } = documents()
  const all = await Promise.allSettled(Array.from({ length: 200 }, (_, i) => get(`${URL}/${i}`)))
  t.equal(state.fetches, 64)
  t.equal(all.filter(({ status }) => status === 'fulfilled').length, 64)
  t.equal((await get(`${URL}/199`)).text, '65', 'and then there is room again')
})

t.test('the media type is told without its parameters', async (t) => {
  const { get } = documents({ 'content-type': 'Application/VC+JWT; charset=utf-8' })
  t.equal((await get()).mediaType, 'application/vc+jwt')
  t.equal((await documents().get()).mediaType, '')
})
