import t from 'tap'
import { CREDENTIALS_V2, ED25519_2020, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { toVcdm1 } from '../../src/vc/vcdm1.ts'
import { foreignIssuer, unsigned, verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'

const verify = verifier((await startService(t)).app)

const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
const refreshService = { id: 'https://elsewhere.example/r', type: '1EdTechCredentialRefresh' }
const base = unsigned('did:web:elsewhere.example')

/** Name, change, what is said of the contexts. */
const CONTEXTS: [string, Json, string][] = [
  ['the usual two', {}, 'context-ok'],
  [
    'the extensions, where they are needed',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, EXTENSIONS], refreshService },
    'context-ok',
  ],
  [
    'the extensions, where they are not',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, EXTENSIONS] },
    'warning:context-unusual',
  ],
  [
    'a signature’s, without such a signature',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, ED25519_2020] },
    'warning:context-unusual',
  ],
  ['one twice', { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, OPEN_BADGES_V3] }, 'warning:context-unusual'],
  [
    'an earlier edition',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3.replace('3.0.3', '3.0.1')] },
    'warning:context-older',
  ],
  [
    'an edition that does not exist',
    { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3.replace('3.0.3', '4')] },
    'failed:context-open-badges',
  ],
  ['a text alone', { '@context': CREDENTIALS_V2 }, 'failed:context-open-badges'],
]

t.test('other contexts than the usual ones are a warning', async (t) => {
  for (const [name, change, expected] of CONTEXTS)
    t.equal((await verify({ ...base, ...change })).checks.context, expected, name)
  const signed = await foreignIssuer().issue({}, 'Ed25519Signature2020')
  t.equal((await verify(signed)).checks.context, 'context-ok', 'a signature’s, with such a signature')
  const older = toVcdm1(base)
  t.equal((await verify(older)).checks.context, 'context-ok', 'ours of the older data model')
})
