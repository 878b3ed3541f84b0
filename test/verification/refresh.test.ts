import t from 'tap'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { unsigned, verifier } from '../support/foreign-issuer.ts'
import { startWithStranger } from '../support/foreign-service.ts'
import { type Certificate, makeCertificate, WITHOUT_OPENSSL } from '../support/https-server.ts'
import { signatory } from '../support/proofs.ts'
import { startService } from '../support/service.ts'

const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
const certificate = await makeCertificate()
const issuer = signatory()

/** A badge that says where its newer versions are. */
async function badge(refreshService: unknown, change: Json = {}, by = issuer): Promise<Json> {
  const document = {
    ...unsigned(issuer.did),
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, EXTENSIONS],
    id: 'https://elsewhere.example/badges/1',
    refreshService,
    ...change,
  }
  return { ...document, proof: await by.prove(document) }
}

t.test('newer versions', certificate ? {} : { skip: WITHOUT_OPENSSL }, async (t) => {
  const { service, origin, pages, asked } = await startWithStranger(t, certificate as Certificate)
  const verify = verifier(service.app)
  const refresh = { id: `${origin}/newer`, type: '1EdTechCredentialRefresh' }
  const later = { validFrom: '2025-01-01T00:00:00Z' }

  t.test('are told, and never put in the place of what was handed in', async (t) => {
    const handedIn = await badge(refresh)
    const newer = await badge(refresh, later)
    const cases: [string, Json | string | undefined, string][] = [
      ['the same', handedIn, 'refresh-same'],
      ['an older one', await badge(refresh, { validFrom: '2023-01-01T00:00:00Z' }), 'refresh-same'],
      ['a newer one', newer, 'warning:refresh-newer'],
      [
        'an id that is written differently',
        await badge(refresh, { ...later, id: 'https://elsewhere.example/badges/%31' }),
        'warning:refresh-newer',
      ],
      ['a newer one that was altered', { ...newer, name: 'x' }, 'skipped:refresh-not-checked'],
      ['one by somebody else', await badge(refresh, later, signatory()), 'skipped:refresh-not-checked'],
      [
        'another badge',
        await badge(refresh, { ...later, id: 'https://elsewhere.example/badges/2' }),
        'skipped:refresh-not-checked',
      ],
      ['a page', '<html></html>', 'skipped:refresh-not-checked'],
      ['nothing', undefined, 'skipped:refresh-not-checked'],
    ]
    for (const [name, page, expected] of cases) {
      pages.set('/newer', page ?? ((_request, response) => void response.writeHead(404).end()))
      const told = await verify(handedIn)
      t.equal(told.checks.refresh, expected, name)
      t.equal(told.valid, true, name)
      t.strictSame(told.answer.body.credential, handedIn, name)
    }
  })

  t.test('are looked for once, and only where Open Badges has it', async (t) => {
    const again = { ...refresh, id: `${origin}/again` }
    pages.set('/again', await badge(again))
    const before = asked.length
    const told = await verify(await badge(again))
    t.equal(told.checks.refresh, 'refresh-same')
    t.equal(asked.length, before + 1)
    const elsewhere: unknown[] = [
      { ...refresh, type: 'VerifiableCredentialRefreshService2021' },
      { ...refresh, id: 'http://elsewhere.example/newer' },
      { type: '1EdTechCredentialRefresh' },
      'x',
    ]
    for (const service of elsewhere) {
      const other = await verify({ ...(await badge(refresh)), refreshService: service })
      t.equal(other.checks.refresh, 'skipped:refresh-not-checked', JSON.stringify(service))
    }
    t.equal(asked.length, before + 1)
  })
})

t.test('nothing is looked up where the operator does not allow it', async (t) => {
  const verify = verifier((await startService(t)).app)
  const told = await verify(
    await badge({ id: 'https://elsewhere.example/newer', type: '1EdTechCredentialRefresh' }),
  )
  t.equal(told.checks.refresh, 'skipped:refresh-not-checked')
  t.equal(told.valid, true)
})
