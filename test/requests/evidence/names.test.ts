import { gzipSync } from 'node:zlib'
import t from 'tap'
import { form, PDF } from './files.ts'
import { leftNothing, ownTemporaryFolder, startStores, until } from './stores.ts'

ownTemporaryFolder(t)
const stores = await startStores(t)
const BYTES = { 'content-type': 'application/octet-stream' }

for (const store of stores) {
  t.test(`${store.name}: a form brings one file and nothing else`, async (t) => {
    const applicant = await store.start()
    const one = form([{ name: 'file', filename: 'été "1".pdf'.replaceAll('"', '%22'), content: PDF }])
    const put = await applicant.call('PUT', '/evidence/proof', one.body, one.headers)
    t.match(put.body, { name: 'été %221%22.pdf', mediaType: 'application/pdf' }, put.text)
    const bad = [
      form([]),
      form([{ name: 'note', content: 'x' }]),
      form([
        { name: 'a', filename: 'a', content: 'x' },
        { name: 'b', filename: 'b', content: 'y' },
      ]),
      form([
        { name: 'a', filename: 'a', content: 'x' },
        { name: 'note', content: 'x' },
      ]),
      { ...one, body: one.body.subarray(0, -30) },
      { ...one, headers: { 'content-type': 'multipart/form-data' } },
      { ...one, headers: { ...one.headers, 'content-range': `bytes 0-9/10` } },
    ]
    for (const [i, { body, headers }] of bad.entries()) {
      t.equal((await applicant.call('PUT', '/evidence/proof', body, headers)).status, 400, `form ${i}`)
    }
    t.strictSame((await applicant.call('GET')).body.evidence.proof, [put.body], 'the first one stays')
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: what comes packed is refused`, async (t) => {
    const applicant = await store.start()
    const put = (coding: string) =>
      applicant.call('PUT', '/evidence/proof', gzipSync('x'), { ...BYTES, 'content-encoding': coding })
    for (const coding of ['gzip', 'br', 'identity, gzip', 'GZIP', 'x']) {
      const refused = await put(coding)
      t.match(refused, { status: 415, headers: { 'accept-encoding': 'identity' } }, coding)
    }
    const one = form([{ name: 'file', filename: 'a.txt', content: 'x' }])
    const packed = { ...one.headers, 'content-encoding': 'gzip' }
    t.equal((await applicant.call('PUT', '/evidence/proof', gzipSync(one.body), packed)).status, 415)
    await leftNothing(t, store)
    const plain = await applicant.call('PUT', '/evidence/proof', 'x', {
      ...BYTES,
      'content-encoding': 'Identity',
    })
    t.equal(plain.status, 201)
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: a name is shown and is never a path`, async (t) => {
    const applicant = await store.start()
    const names: [string, string][] = [
      ['../../../etc/passwd', 'passwd'],
      ['..\\..\\windows\\system32\\a.pdf', 'a.pdf'],
      ['/', 'evidence.txt'],
      ['..', 'evidence.txt'],
      ['a\u202egpj.exe', 'agpj.exe'],
      ['a\r\nset-cookie: b=c', 'aset-cookie: b=c'],
      ['e\u0301te\u0301.txt', 'été.txt'],
      [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(196)}.pdf`],
      ['"; filename="x.exe', '"; filename="x.exe'],
      ['100 % sûr.txt', '100 % sûr.txt'],
      ['', 'evidence.txt'],
    ]
    for (const [given, kept] of names) {
      const put = await applicant.call('PUT', `/evidence/proof?name=${encodeURIComponent(given)}`, 'x', BYTES)
      t.equal(put.body.name, kept, JSON.stringify(given))
      const read = await applicant.call('GET', `/evidence/proof/${put.body.id}`)
      t.match(
        read.headers['content-disposition'],
        /^attachment; filename="[^"%\\]*"; filename\*=UTF-8''[\w.!~%-]+$/,
      )
      t.match(await store.keys(), [/^evidence\/[0-9a-f-]{36}$/])
      await until(t, 'the one before is gone', async () => (await store.keys()).length === 1)
    }
    const headers: [string, string][] = [
      [`attachment; filename="x.pdf"; filename*=UTF-8''%C3%A9t%C3%A9.pdf`, 'été.pdf'],
      [`attachment; filename*=UTF-8''%ff; filename="a\\"b.pdf"`, 'a"b.pdf'],
      ['attachment; filename=plain.pdf', 'plain.pdf'],
      [Buffer.from('attachment; filename="été.pdf"').toString('latin1'), 'été.pdf'],
      ['attachment', 'evidence.txt'],
    ]
    for (const [disposition, kept] of headers) {
      const put = await applicant.call('PUT', '/evidence/proof', 'x', {
        ...BYTES,
        'content-disposition': disposition,
      })
      t.equal(put.body.name, kept, disposition)
    }
    for (const bad of ['%00', '%ED%A0%80', '%ff', 'a%ff.txt', '%zz']) {
      const put = await applicant.call('PUT', `/evidence/proof?name=${bad}`, 'x', BYTES)
      t.equal(put.status, 400, `${bad}: ${put.text}`)
    }
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })
}
