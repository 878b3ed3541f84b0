import { SignJWT } from 'jose'
import t from 'tap'
import type { Json } from '../../src/vc/credential.ts'
import { foreignIssuer } from '../support/foreign-issuer.ts'
import { caller, startService } from '../support/service.ts'
import { credential, envelope, V2 } from '../support/vcdm-documents.ts'
import { createWallet } from '../support/wallet.ts'

const { app } = await startService(t)
const call = caller(app)
const wallet = createWallet()
const asked = { challenge: 'u0123456789', domain: 'verifier.example' }

async function present(credentials: readonly unknown[]) {
  const presentation = { verifiableCredential: credentials }
  const verifiablePresentation = await wallet.present({ ...asked, suite: 'eddsa-rdfc-2022', presentation })
  return call('POST', '/presentations/verify', { verifiablePresentation, options: asked })
}

const codes = ({ body }: { body: Json }) =>
  ((body.problemDetails ?? []) as Json[]).map(({ check, code, path }) => [check, code, path])

t.test('a genuine presentation vouches for no credential in it', async (t) => {
  const known = await foreignIssuer().issue()
  t.equal((await present([known, known])).status, 200)
  const path = '/verifiableCredential/1'

  const unknown = await foreignIssuer('did:web:elsewhere.example').issue()
  const skipped = await present([known, unknown])
  t.equal(skipped.status, 400, 'a proof that was not looked at proves nothing')
  t.same(codes(skipped), [['proof', 'proof-issuer-not-looked-up', path]])

  const altered = await present([known, { ...known, name: 'Other' }])
  t.equal(altered.status, 400)
  t.same(codes(altered), [['proof', 'proof-invalid', path]])
})

t.test('of each credential in it the answer says who issued it, and how far that is known', async (t) => {
  const known = foreignIssuer()
  const unconfirmed = foreignIssuer('https://elsewhere.example/issuer')
  const { status, body, text } = await present([await known.issue(), await unconfirmed.issue()])
  t.equal(status, 200, text)
  t.strictSame(body.issuers, [
    { path: '/verifiableCredential/0', id: known.did, trust: 'confirmed' },
    { path: '/verifiableCredential/1', id: unconfirmed.did, trust: 'unconfirmed' },
  ])
})

t.test('what is said of the signature of a presentation is said of its holder', async (t) => {
  const send = async (holder: unknown) => {
    const presentation = { verifiableCredential: [], holder }
    const verifiablePresentation = await wallet.present({ ...asked, suite: 'eddsa-rdfc-2022', presentation })
    return call('POST', '/presentations/verify', { verifiablePresentation, options: asked })
  }
  const ofProof = ({ body }: { body: Json }) =>
    (body.checks as Json[])
      .filter(({ check }) => check === 'proof')
      .map(({ code, outcome }) => [outcome, code])
  t.strictSame(ofProof(await send(wallet.did)), [['passed', 'proof-ok']])
  t.strictSame(ofProof(await send(undefined)), [['warning', 'holder-unnamed']], 'anybody can have made it')
  t.strictSame(ofProof(await send('https://somebody.example/')), [['warning', 'holder-key-unconfirmed']])
  t.same(codes(await send(createWallet().did)), [['proof', 'holder-mismatch', undefined]])
})

t.test(
  'VCDM 2.0, section 4.13: an enveloped credential is verified by itself, and its envelope too',
  async (t) => {
    const token = await new SignJWT(credential({ issuer: wallet.did }))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'vc+jwt', kid: wallet.keyId })
      .sign(wallet.privateKey)
    const id = `data:application/vc+jwt,${token}`
    const verify = (changes: object) =>
      call('POST', '/credentials/verify', { verifiableCredential: envelope({ id, ...changes }) })

    const good = await verify({})
    t.equal(good.status, 200, good.text)
    t.equal((await verify({ '@context': [V2], type: ['EnvelopedVerifiableCredential'] })).status, 200)
    const bad: object[] = [
      { '@context': undefined },
      { '@context': [] },
      { '@context': 'https://www.w3.org/ns/credentials/examples/v2' },
      { id: token },
      { id: `data:application/vc+jwt;${token}` },
      { id: `data:text/plain,${token}` },
      { id: `${id.slice(0, -4)}AAAA` },
      { type: undefined },
      { type: 'VerifiableCredential' },
      { type: ['EnvelopedVerifiableCredential', 'VerifiableCredential'] },
    ]
    for (const changes of bad) t.equal((await verify(changes)).status, 400, JSON.stringify(changes))
  },
)
