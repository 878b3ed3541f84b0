import t from 'tap'
import { award, createBadge, createTenant } from '../../support/factories.ts'
import { type Answer, caller, startService } from '../../support/service.ts'
import { createWallet } from '../../support/wallet.ts'

const AT_ONCE = 20

const { app } = await startService(t)
const anyone = caller(app)
const tenant = await createTenant(app)
const badge = await createBadge(tenant)

async function offer(claim: object) {
  const { id: assertionId } = await award(tenant, badge.id)
  const { body } = await tenant.call('POST', `/v1/assertions/${assertionId}/claims`, claim)
  const path = `/workflows/claim/exchanges/${body.id}`
  const send = (message: unknown) => anyone('POST', path, message)
  const request = async () =>
    (await send({})).body.verifiablePresentationRequest as { challenge: string; domain: string }
  /** What became of the assertion: who collected, and what was signed for whom. */
  const outcome = async () => {
    const { body: claims } = await tenant.call('GET', `/v1/assertions/${assertionId}/claims`)
    const { body: assertion } = await tenant.call('GET', `/v1/assertions/${assertionId}`)
    return { collections: claims.items[0].collections, renderings: assertion.renderings }
  }
  return { assertionId, send, request, outcome }
}

const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort()
const winners = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200)
const many = <T>(make: (i: number) => T) => Promise.all(Array.from({ length: AT_ONCE }, (_, i) => make(i)))

t.test('of many wallets at once exactly one collects', async (t) => {
  const { send, request, outcome } = await offer({ binding: 'did' })
  const asked = await request()
  const wallets = await many(() => createWallet())
  const messages = await Promise.all(
    wallets.map(async (wallet) => ({ verifiablePresentation: await wallet.present(asked) })),
  )
  const answers = await many((i) => send(messages[i]))
  const [won, ...others] = winners(answers)
  t.ok(won)
  t.same(others, [])
  for (const { status, body } of answers) {
    if (status !== 200) t.match(body.type, /(claim-other-wallet|claim-changed|bad-presentation)$/)
  }
  const did = won!.body.verifiablePresentation.verifiableCredential[0].credentialSubject.id
  const { collections, renderings } = await outcome()
  t.match(collections, [{ did }])
  t.equal(collections.length, 1)
  t.match(renderings, [{ did }])
  t.equal(renderings.length, 1)
})

t.test('one presentation, sent many times at once, is taken once', async (t) => {
  const { send, request, outcome } = await offer({ binding: 'did', maxCollections: 100 })
  const presentation = await createWallet().present(await request())
  for (const message of [presentation, { verifiablePresentation: presentation }]) {
    const answers = await many(() => send(message))
    t.ok(
      answers.every(({ status }) => [200, 400, 409].includes(status)),
      String(statuses(answers)),
    )
    t.equal(winners(answers).length, message === presentation ? 1 : 0)
  }
  const { collections, renderings } = await outcome()
  t.equal(collections.length, 1)
  t.equal(renderings.length, 1)
})

t.test('many wallets, and places for a few of them', async (t) => {
  const { send, request, outcome } = await offer({ binding: 'did', maxCollections: 3 })
  const wallets = await many(() => createWallet())
  const left = new Set(wallets)
  // A wallet whose challenge was used by another begins again.
  for (let round = 0; round < AT_ONCE && left.size > 0; round++) {
    const asked = await request()
    await Promise.all(
      [...left].map(async (wallet) => {
        const { status } = await send({ verifiablePresentation: await wallet.present(asked) })
        if (status === 200 || status === 403) left.delete(wallet)
      }),
    )
  }
  t.equal(left.size, 0, 'each got an answer in the end')
  const { collections, renderings } = await outcome()
  t.equal(collections.length, 3)
  t.equal(renderings.length, 3)
})

t.test('what is bound to nobody is given once, and nobody gets an error', async (t) => {
  const { send, outcome } = await offer({ binding: 'none' })
  const answers = await many((i) => send(i % 2 ? {} : undefined))
  t.same(statuses(answers), Array(AT_ONCE).fill(200))
  t.equal(answers.filter(({ body }) => body.verifiablePresentation).length, 1)
  t.equal(answers.filter(({ body }) => body.redirectUrl).length, AT_ONCE - 1)
  t.equal((await outcome()).collections.length, 1)
})

t.test('revoked while many collect: whoever came after it gets nothing', async (t) => {
  const { assertionId, send, request, outcome } = await offer({ binding: 'did', maxCollections: 100 })
  const wallet = createWallet()
  const asked = await request()
  const message = { verifiablePresentation: await wallet.present(asked) }
  const [answers] = await Promise.all([
    many(() => send(message)),
    tenant.call('POST', `/v1/assertions/${assertionId}/revoke`, { reason: 'Erreur' }),
  ])
  t.ok(
    answers.every(({ status }) => [200, 400, 409, 410].includes(status)),
    String(statuses(answers)),
  )
  t.equal((await send({})).status, 410)
  t.equal((await outcome()).collections.length, winners(answers).length)
})
