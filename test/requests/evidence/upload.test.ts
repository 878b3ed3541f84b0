import { createHash } from 'node:crypto'
import t from 'tap'
import { MAX_EVIDENCE_BYTES } from '../../../src/badge-classes/evidence-types.ts'
import { docx, form, heif, jpeg, large, mp4, odt, PDF, png, SECRET, webp, zip } from './files.ts'
import { leftNothing, ownTemporaryFolder, startStores } from './stores.ts'

ownTemporaryFolder(t)
const stores = await startStores(t)
const BYTES = { 'content-type': 'application/octet-stream' }
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

for (const store of stores) {
  t.test(`${store.name}: a file is added, shown, read again and deleted with its bytes`, async (t) => {
    const applicant = await store.start()
    const text = Buffer.from('Je m’engage à être là chaque matin.\n')
    const put = await applicant.call('PUT', '/evidence/proof?name=Engagement%20sign%C3%A9.txt', text, BYTES)
    t.equal(put.status, 201, put.text)
    t.match(put.body, {
      name: 'Engagement signé.txt',
      size: text.length,
      state: 'stored',
      mediaType: 'text/plain',
      sha256: sha256(text),
      shared: false,
    })
    const shown = await applicant.call('GET')
    t.strictSame(shown.body.evidence, { proof: [put.body] })
    t.strictSame(await store.keys(), [`evidence/${put.body.id}`])
    const read = await applicant.call('GET', `/evidence/proof/${put.body.id}`)
    t.equal(read.status, 200)
    t.ok(read.bytes.equals(text))
    t.match(read.headers, {
      'content-type': 'text/plain',
      'content-length': String(text.length),
      'content-disposition': `attachment; filename="Engagement sign_.txt"; filename*=UTF-8''Engagement%20sign%C3%A9.txt`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'content-security-policy': /^sandbox;/,
    })
    const deleted = await applicant.call('DELETE', `/evidence/proof/${put.body.id}`)
    t.equal(deleted.status, 204)
    t.equal((await applicant.call('GET', `/evidence/proof/${put.body.id}`)).status, 404)
    t.equal((await applicant.call('DELETE', `/evidence/proof/${put.body.id}`)).status, 404)
    t.strictSame((await applicant.call('GET')).body.evidence, {})
    await leftNothing(t, store)
  })

  t.test(`${store.name}: each kind of file is known by its content, whatever it is called`, async (t) => {
    const files: [string, string, Buffer][] = [
      ['application/pdf', 'pdf', PDF],
      ['image/jpeg', 'jpg', await jpeg()],
      ['image/png', 'png', await png()],
      ['image/webp', 'webp', await webp()],
      ['image/heic', 'heic', await heif()],
      ['video/mp4', 'mp4', mp4()],
      ['application/vnd.oasis.opendocument.text', 'odt', odt()],
      ['application/vnd.oasis.opendocument.spreadsheet', 'ods', odt('spreadsheet')],
      ['application/vnd.oasis.opendocument.presentation', 'odp', odt('presentation')],
      ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx', docx()],
      ['text/plain', 'txt', Buffer.from('\ufeffBonjour à tous\r\n\tœuvre\f')],
      ['text/plain', 'txt', Buffer.from('BMX et mobilité')],
      ['text/plain', 'txt', Buffer.from('Comp\xe9tences \x80 \x9cuvre', 'latin1')],
    ]
    const applicant = await store.start()
    for (const [mediaType, extension, bytes] of files) {
      const headers = { 'content-type': 'application/x-anything' }
      const put = await applicant.call('PUT', '/evidence/proof', bytes, headers)
      t.equal(put.status, 201, `${mediaType}: ${put.text}`)
      t.match(put.body, { mediaType, name: `evidence.${extension}` })
      const read = await applicant.call('GET', `/evidence/proof/${put.body.id}`)
      t.equal(read.headers['content-type'], mediaType)
      t.notOk(read.bytes.includes(SECRET), `${mediaType}: no metadata`)
      t.equal(put.body.sha256, sha256(read.bytes))
      t.equal(put.body.size, read.bytes.length)
    }
    t.equal((await applicant.call('DELETE', '/evidence/proof')).status, 204)
    t.equal((await applicant.call('DELETE', '/evidence/proof')).status, 204, 'of nothing, too')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: what is not taken is told why and leaves nothing`, async (t) => {
    const applicant = await store.start([{}, { id: 'photo', accept: ['image/png', 'image/jpeg'] }])
    const refused: [string, string, Buffer, RegExp][] = [
      ['an empty file', 'proof', Buffer.alloc(0), /is empty/],
      ['a ZIP', 'proof', zip({ 'a.txt': 'a' }), /not a kind of file/],
      ['a program', 'proof', Buffer.from('MZ\x90\0\x03\0', 'latin1'), /not a kind of file/],
      [
        'a drawing',
        'proof',
        Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
        /not a kind of file/,
      ],
      ['a docx with macros', 'proof', docx('x').subarray(0, 40), /not a kind of file/],
      ['a spreadsheet', 'proof', docx('spreadsheetml.sheet'), /not a kind of file/],
      ['text with a zero', 'proof', Buffer.from('Bonjour\0'), /not a kind of file/],
      ['text in no character set', 'proof', Buffer.from('\xe9\x81', 'latin1'), /not a kind of file/],
      ['a PDF for a photo', 'photo', PDF, /image\/png, image\/jpeg/],
      ['half a photo', 'photo', (await png()).subarray(0, 1000), /damaged/],
    ]
    for (const [name, slot, bytes, message] of refused) {
      const put = await applicant.call('PUT', `/evidence/${slot}`, bytes, BYTES)
      t.equal(put.status, 400, name)
      t.match(put.body.errors?.[0]?.message, message, name)
    }
    const french = await applicant.call('PUT', '/evidence/proof', '', { ...BYTES, 'accept-language': 'fr' })
    t.match(french.text, 'est vide : le contenu doit être un fichier')
    t.equal((await applicant.call('PUT', '/evidence/proof')).status, 400, 'no body')
    t.equal((await applicant.call('PUT', '/evidence/nowhere', PDF, BYTES)).status, 404)
    t.equal((await applicant.call('PUT', '/evidence/a%2f..', PDF, BYTES)).status, 404)
    await leftNothing(t, store)
  })

  t.test(`${store.name}: ten megabytes are taken, one byte more is not`, async (t) => {
    const applicant = await store.start()
    const whole = large(MAX_EVIDENCE_BYTES)
    const put = await applicant.call('PUT', '/evidence/proof', whole, BYTES)
    t.equal(put.status, 201, put.text.slice(0, 300))
    t.equal(put.body.sha256, sha256(whole))
    t.ok((await applicant.call('GET', `/evidence/proof/${put.body.id}`)).bytes.equals(whole))
    const more = large(MAX_EVIDENCE_BYTES + 1)
    t.equal((await applicant.call('PUT', '/evidence/proof', more, BYTES)).status, 413)
    const { body, headers } = form([{ name: 'file', filename: 'a.txt', content: more }])
    t.equal((await applicant.call('PUT', '/evidence/proof', body, headers)).status, 413)
    const same = form([{ name: 'file', filename: 'a.txt', content: whole }])
    const again = await applicant.call('PUT', '/evidence/proof', same.body, same.headers)
    t.equal(again.body.sha256, put.body.sha256, 'in a form, too')
    await applicant.call('DELETE', '/evidence/proof')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: a slot for one file takes another in its place, one for two is full`, async (t) => {
    const applicant = await store.start([{}, { id: 'more', maxFiles: 2 }])
    const first = await applicant.call('PUT', '/evidence/proof', 'un', BYTES)
    const second = await applicant.call('PUT', '/evidence/proof', 'deux', BYTES)
    t.strictSame((await applicant.call('GET')).body.evidence.proof, [second.body])
    t.equal((await applicant.call('GET', `/evidence/proof/${first.body.id}`)).status, 404)
    for (const text of ['un', 'deux']) {
      t.equal((await applicant.call('PUT', '/evidence/more', text, BYTES)).status, 201)
    }
    const third = await applicant.call('PUT', '/evidence/more', 'trois', BYTES)
    t.equal(third.status, 409)
    t.match(third.body, { type: /evidence-slot-full$/, title: /2 files already/ })
    const { more } = (await applicant.call('GET')).body.evidence
    t.equal(more.length, 2)
    t.equal((await applicant.call('GET', `/evidence/proof/${more[0].id}`)).status, 404, 'of another slot')
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })

  t.test(`${store.name}: the files of a request have fifty megabytes in all`, async (t) => {
    const applicant = await store.start([{ id: 'many', maxFiles: 10 }, { id: 'one' }])
    for (let i = 0; i < 5; i++) {
      const put = await applicant.call('PUT', '/evidence/many', large(MAX_EVIDENCE_BYTES - 10, i), BYTES)
      t.equal(put.status, 201)
    }
    t.equal((await applicant.call('PUT', '/evidence/one', large(50), BYTES)).status, 201)
    const over = await applicant.call('PUT', '/evidence/many', 'x', BYTES)
    t.match(over.body, { status: 409, type: /evidence-total$/ })
    t.equal((await applicant.call('PUT', '/evidence/one', large(50, 1), BYTES)).status, 201, 'in its place')
    await applicant.call('DELETE')
    await leftNothing(t, store)
  })
}
