import { PRESENTATION_FAULTS } from '../../claim-messages.ts'
import type { Context } from '../../context.ts'
import { CallerError, Forbidden } from '../../errors.ts'
import { CREDENTIALS_V2 } from '../../vc/contexts.ts'
import { verifyPresentation } from '../../vc/verify-presentation.ts'
import { interactionUrl } from '../claims/addresses.ts'
import { challengeOf } from '../claims/challenge.ts'
import { collectClaim } from '../claims/collect.ts'
import { getLiveClaim, type LiveClaim } from '../claims/live-claim.ts'
import { markBegun } from '../claims/queries.ts'
import type { Message } from './message.ts'
import { presentationRequestOf } from './presentation-request.ts'

type Presented = Extract<Message, { kind: 'presentation' }>

/** How every exchange collects: the embedded proof is what the wallets of this protocol keep. */
const BY_EXCHANGE = { protocol: 'vcapi', format: 'ldp_vc' } as const

/**
 * One message of a wallet in the exchange of a claim, and what it is answered (VCALM, "Participate in an Exchange").
 * Where the badge is to be bound, whoever begins is asked for a presentation, and whoever presents itself gets the
 * credential; where not, whoever begins gets it, and is sent on to the page of the claim when all of it was collected.
 * @throws NotFound; CallerError 410 for a claim that has ended, 403 for one with a code or another wallet's, 400 for a
 * presentation that does not hold, 409 when its challenge was used meanwhile
 */
export async function takePart(ctx: Context, id: string, message: Message): Promise<object> {
  const live = await getOpenExchange(ctx, id)
  return message.kind === 'start' ? begin(ctx, live) : receive(ctx, live, message)
}

/** What the exchange asks for at this moment; nothing where whoever begins is served. */
export async function currentRequest(ctx: Context, id: string): Promise<object> {
  const { claim } = await getOpenExchange(ctx, id)
  return claim.binding === 'did' ? presentationRequestOf(ctx, claim) : {}
}

/** An exchange cannot ask for a code, so that a claim with one has none. */
async function getOpenExchange(ctx: Context, id: string): Promise<LiveClaim> {
  const live = await getLiveClaim(ctx, id)
  if (live.claim.pin !== null) throw new Forbidden('claim-pin-needed')
  return live
}

async function begin(ctx: Context, { claim }: LiveClaim): Promise<object> {
  if (claim.binding === 'did') {
    if (claim.begunAt === null) await markBegun(ctx.db, claim.id, ctx.clock())
    return { verifiablePresentationRequest: presentationRequestOf(ctx, claim) }
  }
  try {
    const { body } = await collectClaim(ctx, claim, BY_EXCHANGE)
    return { verifiablePresentation: presentationOf(body) }
  } catch (error) {
    // A wallet that has it begins once more, to see whether there is something else: the credential again would be
    // offered to its person without end, and nothing at all be taken for a mistake.
    const isCollected = error instanceof CallerError && error.code === 'claim-collected'
    if (isCollected) return { redirectUrl: interactionUrl(ctx.config.publicUrl, claim.id) }
    throw error
  }
}

async function receive(
  ctx: Context,
  { claim }: LiveClaim,
  { presentation, form }: Presented,
): Promise<object> {
  const { publicUrl } = ctx.config
  const verdict = await verifyPresentation(presentation, {
    challenge: challengeOf(ctx, claim),
    domain: publicUrl,
    // Older wallets name none, and the challenge is of this claim alone.
    requireDomain: false,
    now: ctx.clock(),
    hash: ctx.hashPresentation,
  })
  if ('fault' in verdict) {
    throw new CallerError(400, 'bad-presentation', { params: PRESENTATION_FAULTS[verdict.fault] })
  }
  const { body } = await collectClaim(ctx, claim, {
    ...BY_EXCHANGE,
    subject: claim.binding === 'did' ? verdict.did : undefined,
    sequence: claim.sequence,
  })
  const answer = presentationOf(body)
  return form === 'bare'
    ? answer
    : { verifiablePresentation: answer, redirectUrl: interactionUrl(publicUrl, claim.id) }
}

/** The credential as a wallet takes it: in a presentation that nobody signs, which vouches for nothing. */
function presentationOf(credential: string): object {
  return {
    '@context': [CREDENTIALS_V2],
    type: ['VerifiablePresentation'],
    verifiableCredential: [JSON.parse(credential)],
  }
}
