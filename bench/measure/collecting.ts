import { randomUUID } from 'node:crypto'
import { post, readOffer, tokenForm } from '../../test/support/openid-wallet.ts'
import { createWallet, type Wallet } from '../../test/support/wallet.ts'
import type { Bench, Results } from '../measure.ts'
import { inRounds, quantile, type Result } from '../rounds.ts'
import { AWARD, type PublishedBadge, publishBadge, type Service, startService } from '../service.ts'

const WALLETS = 500

/** One way for a wallet to get its badge. */
type Collect = (claim: Offered) => Promise<void>

interface Offered {
  readonly wallet: Wallet
  /** What the wallet answers the challenge of the exchange: signed before, for its time is not ours. */
  readonly presentation: object
  readonly links: {
    readonly lcw: string
    readonly openid: Record<'ldp_vc', string>
  }
}

/**
 * Five hundred wallets that collect at once on PostgreSQL, by an exchange and by OpenID, beside as many awards that
 * arrive at once; and how long the slowest of them wait. A wallet that is refused is an error.
 */
export async function measureCollecting(bench: Bench): Promise<Results> {
  await using service = await startService(await (await bench.postgres()).createDatabase())
  const badge = await publishBadge(service)
  const latencies: number[] = []
  const against = async (collect: Collect): Promise<Result> => {
    const round = async () => {
      const claims = await offerMany(service, badge)
      return msEach(claims, collect, latencies)
    }
    await round()
    latencies.length = 0
    return inRounds(bench.rounds, 'ms each', { baseline: () => msPerAward(service, badge), measured: round })
  }
  await msPerAward(service, badge)
  const openid = await against(collectByOpenid)
  const slowest = quantile(latencies, 0.99)
  const exchange = await against(collectByExchange)
  return {
    collectExchangeVsAward: exchange,
    collectOpenidVsAward: openid,
    collectP99Ms: {
      value: slowest,
      measured: slowest,
      baseline: openid.measured,
      unit: 'ms',
      rounds: [slowest],
    },
  }
}

/** Awards with a claim each, made by turns: the claims are not what is measured. */
async function offerMany(service: Service, badge: PublishedBadge): Promise<Offered[]> {
  const offered: Offered[] = []
  for (let done = 0; done < WALLETS; done += 50) {
    const some = Array.from({ length: 50 }, async () => {
      const { id } = await award(service, badge)
      const links = await service.callJson('POST', `/v1/assertions/${id}/claims`, {})
      const wallet = createWallet()
      const challenge = new URL(links.lcw).searchParams.get('challenge')!
      return { wallet, links, presentation: await wallet.present({ challenge }) }
    })
    offered.push(...(await Promise.all(some)))
  }
  return offered
}

async function msPerAward(service: Service, badge: PublishedBadge): Promise<number> {
  return msEach(Array.from({ length: WALLETS }), () => award(service, badge))
}

function award(service: Service, { badgeClass }: PublishedBadge) {
  return service.callJson('POST', `/v1/badge-classes/${badgeClass}/assertions`, {
    recipient: { email: `${randomUUID()}@exemple.org`, name: 'Aïcha Benhaddou' },
    ...AWARD,
  })
}

/** All of them at once. @returns the time that passed, shared among them */
async function msEach<T>(
  all: readonly T[],
  act: (one: T) => Promise<unknown>,
  latencies: number[] = [],
): Promise<number> {
  const start = performance.now()
  const timed = async (one: T) => {
    await act(one)
    latencies.push(performance.now() - start)
  }
  await Promise.all(all.map(timed))
  return (performance.now() - start) / all.length
}

/** The link of the Learner Credential Wallet: one presentation, one answer. */
async function collectByExchange({ presentation, links }: Offered): Promise<void> {
  must(await post(new URL(links.lcw).searchParams.get('vc_request_url')!, presentation))
}

/** Offer, token, nonce, credential, as the wallets of OpenID4VCI 1.0 do; the metadata they keep. */
async function collectByOpenid({ wallet, links }: Offered): Promise<void> {
  const offer = await readOffer(links.openid.ldp_vc)
  const issuer = String(offer.credential_issuer)
  const { access_token: token } = must(await post(`${issuer}/token`, tokenForm(offer)))
  const { c_nonce: nonce } = must(await post(`${issuer}/nonce`))
  const jwt = [await wallet.proofJwt({ aud: issuer, nonce: nonce! })]
  const [id] = offer.credential_configuration_ids
  const asked = { credential_configuration_id: id, proofs: { jwt } }
  must(await post(`${issuer}/credential`, asked, `Bearer ${token}`))
}

function must({ status, body }: { status: number; body: Record<string, string> }): Record<string, string> {
  if (status !== 200) throw new Error(`a wallet was refused: ${status} ${JSON.stringify(body)}`)
  return body
}
