import t from 'tap'
import { createBadge, createDraft, createTenant } from '../support/factories.ts'
import { pagesOf, textOf } from '../support/pdf.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const stranger = caller(service.app)
const tenant = await createTenant(service.app, { name: 'INAÉ', email: 'badges@siae.example' })
const get = (id: string, file: string) => stranger('GET', `/achievements/${id}/${file}`)
const flat = (pdf: Buffer) => textOf(pdf).replace(/\s+/g, ' ')

const FORM = {
  formUrl: 'https://siae.example/demande',
  contact: 'Claire Petit, 05 56 00 00 00',
  evidenceExamples: [{ fr: 'Un contrat signé', en: 'A signed contract' }, 'Un bilan'],
}
const NARRATIVE = '## Il faut\n\n- avoir **signé** son contrat\n- œuvrer dès l’été, à Noël, où ça se trouve\n'

t.test('a poster says it all on one page, in French or in English', async (t) => {
  const { id } = await createBadge(tenant, { requestForm: FORM, criteria: { narrative: NARRATIVE } })
  const french = await get(id, 'poster.pdf')
  t.match(french.headers, { 'content-type': 'application/pdf', 'cache-control': 'public, max-age=300' })
  t.equal(pagesOf(french.bytes), 1)
  const said = flat(french.bytes)
  for (const part of [
    'Je m’engage',
    'INAÉ',
    'Pour l’obtenir',
    '• avoir signé son contrat',
    '• œuvrer dès l’été, à Noël, où ça se trouve',
    'Un contrat signé',
    'Demandez ce badge',
    'siae.example/demande',
    'Claire Petit, 05 56 00 00 00',
  ]) {
    t.ok(said.includes(part), `${part}: ${said}`)
  }
  t.notMatch(said, /\*|#/, 'no Markdown is left')
  t.match(french.bytes.toString('latin1'), /\/Lang \(fr\)/)
  const english = await get(id, 'poster.pdf?language=en')
  t.match(english.bytes.toString('latin1'), /\/Lang \(en\)/)
  for (const part of ['How to earn it', 'A signed contract', 'Un bilan', 'Ask for this badge']) {
    t.ok(flat(english.bytes).includes(part), part)
  }
  t.equal((await get(id, 'poster.pdf?language=de')).status, 400)
})

t.test('without a form it tells where to find out more, and whom to ask', async (t) => {
  const { id } = await createBadge(tenant, {
    language: 'en',
    criteria: { id: 'https://siae.example/criteria' },
  })
  const said = flat((await get(id, 'poster.pdf')).bytes)
  for (const part of ['Find out more', 'badges@siae.example', 'https://siae.example/criteria']) {
    t.ok(said.includes(part), `${part}: ${said}`)
  }
  const address = `${new URL(PUBLIC_URL).host}/achievements/${id}`
  t.ok(said.replaceAll(' ', '').includes(address), 'the address in words')
  const other = await createTenant(service.app, { url: 'https://autre.example' })
  const plain = await get((await createBadge(other)).id, 'poster.pdf')
  t.ok(flat(plain.bytes).includes('https://autre.example'))
})

const LONG = {
  'long criteria': {
    criteria: { narrative: '- applique les règles de sécurité\n'.repeat(400).slice(0, 10_000) },
  },
  'one endless word': { criteria: { narrative: 'x'.repeat(10_000) }, name: 'W'.repeat(200) },
  'stars without end': { criteria: { narrative: '**a '.repeat(2500) } },
  'empty lines': { criteria: { narrative: `${'\n'.repeat(9000)}fin` } },
  'a picture in the name': { name: '🏅', description: '🏅'.repeat(2000) },
  'long everything': {
    name: 'Connaître '.repeat(20).trim(),
    description: 'Je sais faire. '.repeat(333),
    requestForm: {
      formUrl: `https://siae.example/${'a'.repeat(2000)}`,
      contact: 'Claire '.repeat(42).trim(),
      evidenceExamples: Array.from({ length: 10 }, () => 'Une attestation '.repeat(18).trim()),
    },
  },
}

for (const [what, badge] of Object.entries(LONG)) {
  t.test(`a poster with ${what} is one page`, async (t) => {
    const { id } = await createBadge(tenant, badge)
    const started = performance.now()
    const poster = await get(id, 'poster.pdf')
    t.equal(poster.status, 200)
    t.equal(pagesOf(poster.bytes), 1)
    t.ok(performance.now() - started < 10_000)
    if (what.startsWith('long')) t.match(flat(poster.bytes), / …/, 'it is said that there is more')
  })
}

t.test('a badge without an image has a poster too', async (t) => {
  const { id } = await createDraft(tenant)
  await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  const poster = await get(id, 'poster.pdf')
  t.equal(pagesOf(poster.bytes), 1)
  t.notMatch(poster.bytes.toString('latin1'), /\/Subtype \/Image/)
})

t.test('the QR code alone, as SVG and as PNG', async (t) => {
  const { id } = await createBadge(tenant)
  const svg = await get(id, 'qr.svg')
  t.match(svg.headers, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=300' })
  t.match(svg.text, /^<svg /)
  const png = await get(id, 'qr.png')
  t.equal(png.headers['content-type'], 'image/png')
  const width = png.bytes.readUInt32BE(16)
  t.ok(width > 900 && width <= 1000, 'whole squares, as wide as they fit')
  const form = await createBadge(tenant, { requestForm: FORM })
  t.not((await get(form.id, 'qr.svg')).text, svg.text)
  const same = await createBadge(tenant, { name: 'Autre', requestForm: FORM })
  t.equal((await get(same.id, 'qr.svg')).text, (await get(form.id, 'qr.svg')).text, 'it leads to the form')
})

t.test('what is not published hangs on no wall', async (t) => {
  const { id } = await createDraft(tenant)
  const files = ['poster.pdf', 'qr.svg', 'qr.png']
  for (const file of files) t.equal((await get(id, file)).status, 404, `draft: ${file}`)
  await tenant.call('POST', `/v1/badge-classes/${id}/publish`)
  for (const file of files) t.equal((await get(id, file)).status, 200, file)
  await tenant.call('POST', `/v1/badge-classes/${id}/archive`)
  for (const file of files) t.equal((await get(id, file)).status, 404, `archived: ${file}`)
})

t.test('many at once wait for few drawings, and one address may not ask without end', async (t) => {
  const { app } = await startService(t, {
    rateLimits: { publicWrites: 80, drafts: 100, failedKeys: 100, wallets: 100, verifications: 100 },
  })
  const own = await createTenant(app)
  const call = caller(app)
  const files = ['qr.png', 'qr.svg', 'poster.pdf']
  const badges = await Promise.all(Array.from({ length: 22 }, async () => (await createBadge(own)).id))
  const posters = badges.flatMap((id) =>
    ['', '?language=fr', '?language=en'].map((query) => `/achievements/${id}/poster.pdf${query}`),
  )
  const answers = await Promise.all(posters.map((url) => call('GET', url)))
  const refused = answers.filter(({ status }) => status === 503)
  t.ok(refused.length > 0, 'the line has an end')
  t.equal(answers.filter(({ status }) => status === 200).length, 66 - refused.length)
  for (const { headers } of refused) t.equal(headers['retry-after'], '10')
  const again = posters[answers.indexOf(refused[0]!)]!
  t.equal((await call('GET', again)).status, 200, 'a refusal is not kept')
  for (const file of files) {
    const url = `/achievements/${badges[0]}/${file}`
    const many = await Promise.all(Array.from({ length: 81 }, () => call('GET', url)))
    const late = many.filter(({ status }) => status === 429)
    t.ok(late.length > 0, file)
    t.ok(late[0]!.headers['retry-after'])
  }
})

t.test('the same QR code is drawn once for all who ask at once', async (t) => {
  const { id } = await createBadge(tenant)
  const started = performance.now()
  const codes = await Promise.all(Array.from({ length: 30 }, () => get(id, 'qr.png')))
  t.ok(performance.now() - started < 1500)
  for (const { status, bytes } of codes) t.ok(status === 200 && bytes.equals(codes[0]!.bytes))
})
