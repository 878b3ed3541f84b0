import t from 'tap'
import { CHECKS } from '../../src/verification/messages.ts'
import { type Awarded, award, createBadge, createTenant } from '../support/factories.ts'
import { ALL_WELL, foreignIssuer, verifier } from '../support/foreign-issuer.ts'
import { caller, PUBLIC_URL, startService } from '../support/service.ts'

const service = await startService(t)
const call = caller(service.app)
const verify = verifier(service.app)
const tenant = await createTenant(service.app)
const badge = await createBadge(tenant)
const awarded = await award(tenant, badge.id)

const fetchBytes = async ({ path }: Awarded, suffix: string) => (await call('GET', path + suffix)).bytes

const FORMS = [
  ['JSON', '.json', 'application/json'],
  ['JSON of no declared kind', '.json', 'text/plain'],
  ['a signed token', '.jwt', 'text/plain'],
  ['a baked PNG', '.png', 'image/png'],
  ['a baked SVG', '.svg', 'image/svg+xml'],
  ['a PNG that says it is an SVG', '.png', 'image/svg+xml'],
] as const

for (const [name, suffix, type] of FORMS) {
  t.test(`a credential of ours is verified as ${name}`, async (t) => {
    const told = await verify(await fetchBytes(awarded, suffix), { 'content-type': type })
    t.strictSame(told.checks, ALL_WELL)
    t.equal(told.valid, true)
    t.equal(told.answer.body.credential.id, awarded.credentialUrl)
  })
}

t.test('the checks are told by name, in one order', async (t) => {
  const told = await verify(await fetchBytes(awarded, '.json'))
  t.strictSame(
    told.answer.body.checks.map(({ check }: { check: string }) => check),
    [...CHECKS],
  )
})

t.test('a file of a web form is verified like any other body', async (t) => {
  for (const suffix of ['.png', '.json', '.jwt']) {
    const told = await verify(asForm(await fetchBytes(awarded, suffix)), FORM)
    t.strictSame(told.checks, ALL_WELL, suffix)
  }
})

t.test('a credential of ours is verified by its address', async (t) => {
  for (const suffix of ['', '.json', '.png']) {
    const told = await verify({ url: awarded.credentialUrl + suffix })
    t.strictSame(told.checks, ALL_WELL, suffix)
    t.equal(told.answer.body.credential.id, awarded.credentialUrl)
  }
  const unknown = await verify({ url: `${PUBLIC_URL}/credentials/3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11` })
  t.equal(unknown.checks.parse, 'failed:url-unknown')
  t.equal(unknown.valid, false)
})

t.test('an address elsewhere, or of something else, is refused with its path', async (t) => {
  const { pathname } = new URL(awarded.credentialUrl)
  const addresses = [
    `https://elsewhere.example${pathname}`,
    `http://localhost:39990${pathname}`,
    `http://localhost:3999@elsewhere.example${pathname}`,
    `${PUBLIC_URL}/issuers/${tenant.slug}`,
    'file:///etc/passwd',
    'nothing',
    42,
    null,
  ]
  for (const url of addresses) {
    const told = await verify({ url })
    t.equal(told.status, 400, String(url))
    t.equal(told.answer.body.errors[0].path, '/url')
  }
})

t.test('every outcome is a sentence, in English or in French', async (t) => {
  const { path } = await award(tenant, badge.id)
  const { bytes } = await call('GET', path)
  const altered = { ...JSON.parse(bytes.toString()), name: 'Autre' }
  const english = (await verify(altered)).answer
  const french = (await verify(altered, { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.5' })).answer
  t.equal(english.headers['content-language'], 'en')
  t.equal(french.headers['content-language'], 'fr')
  const told = (answer: typeof english, name: string) =>
    answer.body.checks.find(({ check }: { check: string }) => check === name).message
  t.equal(
    told(english, 'proof'),
    'The signature does not match: the content was altered, or signed by somebody else.',
  )
  t.equal(
    told(french, 'proof'),
    'La signature ne correspond pas\u00a0: le contenu a été modifié, ou signé par quelqu’un d’autre.',
  )
  t.equal(told(french, 'issuer'), 'Émetteur inscrit sur ce service\u00a0: Association d’insertion.')
  for (const [i, { message }] of english.body.checks.entries()) {
    t.match(message, /^[A-Z].+\.$/)
    t.not(message, french.body.checks[i].message)
  }
})

t.test('an image without a credential says so', async (t) => {
  const [image] = (await call('GET', `/achievements/${badge.id}`)).text.match(/\/images\/\w+\.svg/)!
  const svg = await verify((await call('GET', image)).bytes, { 'content-type': 'image/svg+xml' })
  t.equal(svg.checks.parse, 'failed:no-credential-in-image')
  t.equal(svg.checks.proof, 'skipped:skipped-before')
  t.equal(svg.valid, false)
  t.notOk('credential' in svg.answer.body)
})

t.test('a foreign credential keeps its text as it was signed', async (t) => {
  const name = 'Élodie à l’œuvre'.normalize('NFD')
  t.not(name, name.normalize('NFC'))
  const told = await verify(await foreignIssuer().issue({ name }))
  t.equal(told.checks.proof, 'proof-ok')
  t.equal(told.answer.body.credential.name, name)
})

const FORM = { 'content-type': 'multipart/form-data; boundary=frontier' }

function asForm(bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from('--frontier\r\ncontent-disposition: form-data; name="badge"; filename="badge"\r\n\r\n'),
    bytes,
    Buffer.from('\r\n--frontier--\r\n'),
  ])
}
