import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { removeDiscardedFiles } from '../../../src/requests/evidence/remove-discarded.ts'
import type { Applicant } from '../../support/requests.ts'
import { jpeg, large, PDF, SECRET } from './files.ts'
import { leftNothing, ownTemporaryFolder, startStores, until } from './stores.ts'

ownTemporaryFolder(t)
const stores = await startStores(t)
const BYTES = { 'content-type': 'application/octet-stream' }

function sendPart(
  applicant: Applicant,
  whole: Buffer,
  [first, end]: [number, number],
  { total = whole.length, slot = 'proof?name=photo.jpg' } = {},
) {
  const headers = { ...BYTES, 'content-range': `bytes ${first}-${end - 1}/${total}` }
  return applicant.call('PUT', `/evidence/${slot}`, whole.subarray(first, end), headers)
}

const ask = (applicant: Applicant, total: number) =>
  applicant.call('PUT', '/evidence/proof', undefined, { 'content-range': `bytes */${total}` })

for (const store of stores) {
  t.test(`${store.name}: a file comes in parts, and is one when the last has come`, async (t) => {
    const applicant = await store.start()
    const whole = await jpeg()
    const third = Math.ceil(whole.length / 3)
    const one = await sendPart(applicant, whole, [0, third])
    t.equal(one.status, 202, one.text)
    t.equal(one.headers.range, `bytes=0-${third - 1}`)
    t.match(one.body, { state: 'partial', size: whole.length, received: third, name: 'photo.jpg' })
    t.strictSame((await applicant.call('GET')).body.evidence.proof, [one.body], 'it is shown as it is')
    t.equal((await applicant.call('GET', `/evidence/proof/${one.body.id}`)).status, 404, 'and cannot be read')
    const two = await sendPart(applicant, whole, [third, 2 * third], { slot: 'proof' })
    t.match(two.body, { id: one.body.id, received: 2 * third })
    const asked = await ask(applicant, whole.length)
    t.equal(asked.status, 202)
    t.equal(asked.headers.range, `bytes=0-${2 * third - 1}`)
    t.match(asked.body, { id: one.body.id, received: 2 * third })
    t.equal((await store.keys()).length, 2, 'each part is kept')
    const three = await sendPart(applicant, whole, [2 * third, whole.length])
    t.equal(three.status, 201, three.text)
    t.match(three.body, { state: 'stored', mediaType: 'image/jpeg', name: 'photo.jpg' })
    t.notOk('received' in three.body)
    const read = await applicant.call('GET', `/evidence/proof/${three.body.id}`)
    t.equal(createHash('sha256').update(read.bytes).digest('hex'), three.body.sha256)
    t.notOk(read.bytes.includes(SECRET), 'its metadata is gone')
    t.equal((await ask(applicant, whole.length)).status, 404, 'nothing is awaited any more')
    await leftNothing(t, store, 1)
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: a part twice is one part, a gap is told, and byte 0 begins anew`, async (t) => {
    const applicant = await store.start()
    const whole = large(1000)
    const gap = await sendPart(applicant, whole, [300, 600])
    t.equal(gap.status, 409)
    t.match(gap.body, { type: /upload-offset$/, received: '0' })
    const first = await sendPart(applicant, whole, [0, 300])
    const second = await sendPart(applicant, whole, [300, 600])
    t.strictSame((await sendPart(applicant, whole, [300, 600])).body, second.body)
    t.equal((await sendPart(applicant, whole, [100, 200])).status, 202)
    for (const range of [
      [601, 700],
      [500, 700],
    ] as [number, number][]) {
      const wrong = await sendPart(applicant, whole, range)
      t.match(wrong.body, { status: 409, received: '600' }, String(range))
    }
    t.match((await sendPart(applicant, whole, [600, 700], { total: 2000 })).body, {
      status: 409,
      received: '0',
    })
    const anew = await sendPart(applicant, whole, [0, 500])
    t.match(anew.body, { received: 500 })
    t.not(anew.body.id, first.body.id)
    await leftNothing(t, store, 1)
    const last = await sendPart(applicant, whole, [500, 1000])
    t.equal(last.status, 201)
    t.ok((await applicant.call('GET', `/evidence/proof/${last.body.id}`)).bytes.equals(whole))
    t.match((await sendPart(applicant, whole, [0, 1000])).body, { state: 'stored' }, 'one part is all')
    await leftNothing(t, store, 1)
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: of a file that is not taken, no part stays`, async (t) => {
    const applicant = await store.start()
    const bad = Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(1000)])
    await sendPart(applicant, bad, [0, 500])
    t.equal((await sendPart(applicant, bad, [500, bad.length])).status, 400)
    await leftNothing(t, store)
    await sendPart(applicant, PDF, [0, 10])
    await applicant.call('PUT', '/evidence/proof', 'x', BYTES)
    await leftNothing(t, store, 1)
    await sendPart(applicant, PDF, [0, 10])
    t.equal(
      (await applicant.call('GET')).body.evidence.proof.length,
      2,
      'the one before stays until all has come',
    )
    const { id } = (await ask(applicant, PDF.length)).body
    t.equal((await applicant.call('DELETE', `/evidence/proof/${id}`)).status, 204)
    await leftNothing(t, store, 1)
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: of the same part sent twice at once, one is taken`, async (t) => {
    const applicant = await store.start()
    const whole = large(3000)
    await sendPart(applicant, whole, [0, 1000])
    const both = await Promise.all([1, 2, 3].map(() => sendPart(applicant, whole, [1000, 2000])))
    for (const { status, body } of both) {
      t.ok(status === 202 || (status === 409 && status === body.status), String(status))
    }
    const last = await sendPart(applicant, whole, [2000, 3000])
    t.equal(last.status, 201, last.text)
    t.ok((await applicant.call('GET', `/evidence/proof/${last.body.id}`)).bytes.equals(whole))
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(
    `${store.name}: of parts of different lengths at once, only the one that is taken has bytes`,
    async (t) => {
      const { db } = store.service.ctx
      for (let round = 0; round < 5; round++) {
        const applicant = await store.start()
        const whole = large(3000)
        const other = Buffer.alloc(3000, 'Z')
        await sendPart(applicant, whole, [0, 1000])
        const all = await Promise.all([
          sendPart(applicant, whole, [1000, 1900]),
          ...[1100, 1200, 1300, 1400].map((end) => sendPart(applicant, other, [1000, end])),
          ...[1, 2].map(() => sendPart(applicant, whole, [1000, 1900])),
        ])
        for (const { status } of all) t.ok(status === 202 || status === 409, String(status))
        const received = (await ask(applicant, 3000)).body.received as number
        const { rows } = (await db.execute(
          sql`select 1 from discarded_files where remove_after > now()`,
        )) as unknown as { rows: unknown[] }
        t.strictSame(rows, [], 'of what was not taken all is to be removed now')
        await db.execute(sql`update discarded_files set remove_after = now()`)
        await removeDiscardedFiles(store.service.ctx)
        // A worker may be at it too.
        await until(t, 'what is of no use goes', async () => (await store.keys()).length <= 2)
        t.equal((await store.keys()).length, 2, 'what is of use stays')
        const taken = received === 1900 ? whole : other
        const last = await sendPart(applicant, whole, [received, 3000])
        t.match(last.body, { state: 'stored', size: 3000 }, last.text)
        const expected = Buffer.concat([
          whole.subarray(0, 1000),
          taken.subarray(1000, received),
          whole.subarray(received),
        ])
        t.ok((await applicant.call('GET', `/evidence/proof/${last.body.id}`)).bytes.equals(expected))
        await applicant.call('DELETE')
        await leftNothing(t, store)
      }
    },
  )

  t.test(`${store.name}: a late sender of a part takes nothing from the one that was in time`, async (t) => {
    const applicant = await store.start()
    const whole = large(3000)
    await sendPart(applicant, whole, [0, 1000])
    const storage = store.service.ctx.storage as { putFile: (...args: unknown[]) => Promise<void> }
    const { putFile } = storage
    let late: ReturnType<typeof sendPart> | undefined
    // The second one comes while the bytes of the first are written, and ends after it.
    let first: Promise<unknown> | undefined
    storage.putFile = async (...args) => {
      storage.putFile = async (...more) => {
        await first
        await putFile(...more)
      }
      late = sendPart(applicant, whole, [1000, 1500])
      await until(t, 'it is being written', async () => storage.putFile !== putFile)
      await putFile(...args)
    }
    first = sendPart(applicant, whole, [1000, 2000])
    t.match(await first, { status: 202 })
    storage.putFile = putFile
    t.match(await late, { status: 409, body: { received: '2000' } })
    t.equal((await sendPart(applicant, whole, [2000, 3000])).status, 201)
    const [file] = (await applicant.call('GET')).body.evidence.proof
    t.ok((await applicant.call('GET', `/evidence/proof/${file.id}`)).bytes.equals(whole))
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(
    `${store.name}: a part that is not what it was is not taken for it, and one begins anew`,
    async (t) => {
      const { storage } = store.service.ctx
      const faults: ((key: string) => Promise<void>)[] = [
        (key) => storage.remove(key),
        (key) => storage.put(key, Buffer.from('foreign'), 'text/plain'),
        (key) => storage.put(key, Buffer.alloc(2000), 'text/plain'),
      ]
      for (const fault of faults) {
        const applicant = await store.start()
        const whole = large(3000)
        await sendPart(applicant, whole, [0, 1000])
        const [key] = await store.keys()
        await fault(key!)
        t.match(await sendPart(applicant, whole, [1000, 3000]), { status: 409, body: { received: '0' } })
        await leftNothing(t, store)
        t.equal((await sendPart(applicant, whole, [0, 1000])).status, 202)
        t.equal((await sendPart(applicant, whole, [1000, 3000])).status, 201)
        await applicant.call('DELETE')
        await leftNothing(t, store)
      }
    },
  )

  t.test(`${store.name}: a range that does not fit is refused at once`, async (t) => {
    const applicant = await store.start()
    const put = (range: string, body: string | undefined = 'abc') =>
      applicant.call('PUT', '/evidence/proof', body, { ...BYTES, 'content-range': range })
    for (const range of [
      'bytes 0-2',
      'bytes 2-0/9',
      'bytes 0-9/9',
      'bytes 0-2/*',
      'items 0-2/9',
      'bytes 0-2/0',
      'bytes -1-2/9',
      'x',
    ]) {
      const answer = await put(range)
      t.equal(answer.status, 400, range)
      t.match(answer.body.errors[0], { path: 'Content-Range', message: /bytes 0-1048575/ })
    }
    for (const range of ['bytes 0-1/9', 'bytes 0-3/9'])
      t.equal((await put(range)).status, 400, `${range}: not the body`)
    t.equal((await put('bytes 0-2/10485761')).status, 413, 'too large in the end')
    t.equal((await put('bytes 0-2/10485760')).status, 202)
    t.equal((await put('bytes */9')).status, 404, 'of another size nothing has come')
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })
}
