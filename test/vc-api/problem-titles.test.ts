import t from 'tap'
import { signAsGiven } from '../../src/vc/sign.ts'
import { CREDENTIAL } from '../support/credentials.ts'
import { foreignIssuer } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'

interface Detail {
  type: string
  title: string
  detail: string
}

const service = await startService(t)
const call = caller(service.app)
const stranger = foreignIssuer()
const signed = (overrides: object) =>
  signAsGiven({ ...CREDENTIAL, issuer: stranger.did, ...overrides }, stranger.key, {
    suite: 'eddsa-rdfc-2022',
    created: new Date('2024-01-01T00:00:00Z'),
  })

async function problemOf(verifiableCredential: object, language: string): Promise<Detail> {
  const headers = { 'accept-language': language }
  const { body } = await call('POST', '/credentials/verify', { verifiableCredential }, headers)
  return body.problemDetails[0]
}

// RFC 9457, section 3.1.3.
t.test('the title is of the type, in the reader’s language, and the detail of what was found', async (t) => {
  const ended = await signed({ validUntil: '2024-02-01T00:00:00Z' })
  const future = await signed({ validFrom: '2999-01-01T00:00:00Z' })
  const altered = { ...(await signed({})), name: 'Autre' }
  for (const [language, range, proof] of [
    ['en', 'A value is out of range', 'The proof is not verified'],
    ['fr', 'Valeur hors limites', 'Signature non vérifiée'],
  ] as const) {
    const [one, other] = [await problemOf(ended, language), await problemOf(future, language)]
    t.equal(one.type, other.type)
    t.equal(one.title, range)
    t.equal(other.title, range)
    t.not(one.detail, other.detail)
    t.match(await problemOf(altered, language), { title: proof })
  }
})

t.test('no line breaks before a colon in French', async (t) => {
  const { detail } = await problemOf({ ...(await signed({})), name: 'Autre' }, 'fr')
  t.match(detail, /^La signature ne correspond pas\u00a0: /)
})
