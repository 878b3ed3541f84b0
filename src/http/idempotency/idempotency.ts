import { createHash } from 'node:crypto'
import type { FastifyError, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Actor, Context } from '../../context.ts'
import { inTransaction } from '../../db/db.ts'
import { inside } from '../../db/inside.ts'
import { CallerError, Conflict, Invalid } from '../../errors.ts'
import { toCallerError } from '../problems.ts'
import { findAnswer, purgeAnswers, storeAnswer, takeIdempotencyKey } from './queries.ts'

const KEPT_MS = 24 * 3600 * 1000

type Refusal = Pick<CallerError, 'status' | 'code' | 'params' | 'members' | 'faults'>

/** What a route returned, or how it refused. */
type Answer = { status: number; location?: string; body: unknown } | { refusal: Refusal }

/**
 * Gives a route `Idempotency-Key`. The work and the record of its answer are one transaction, so that after a
 * crash either both are there or neither: a repeat never does the work twice. The route returns its body.
 */
export function makeIdempotent(route: RouteOptions): void {
  const handler = route.handler
  route.handler = async function idempotent(request, reply) {
    const key = readKey(request)
    if (key === undefined) return handler.call(this, request, reply)
    const { answer, replayed } = await answerOnce(request, reply, key, async () =>
      handler.call(this, request, reply),
    )
    if (replayed) reply.header('idempotency-replayed', 'true')
    if ('refusal' in answer)
      throw new CallerError(answer.refusal.status, answer.refusal.code, copy(answer.refusal))
    reply.code(answer.status)
    if (answer.location) reply.header('location', answer.location)
    return answer.body
  }
}

/** Deletes the answers that are no longer kept. */
export async function purgeIdempotencyKeys(ctx: Context): Promise<void> {
  await purgeAnswers(ctx.db, new Date(ctx.clock().getTime() - KEPT_MS))
}

async function answerOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  work: () => Promise<unknown>,
) {
  const { ctx } = request
  const caller = callerOf(request.actor)
  const fingerprint = fingerprintOf(request)
  const notBefore = new Date(ctx.clock().getTime() - KEPT_MS)
  return inTransaction(ctx.db, async (tx) => {
    if (!(await takeIdempotencyKey(tx, { caller, key }))) throw new Conflict('idempotency-running')
    const known = await findAnswer(tx, { caller, key }, notBefore)
    if (known && known.fingerprint !== fingerprint) throw new CallerError(422, 'idempotency-reused')
    if (known)
      return { replayed: true, answer: JSON.parse(await ctx.sealer.unseal(known.sealedAnswer)) as Answer }

    const answer = await firstAnswer(request, reply, tx, work)
    const sealedAnswer = await ctx.sealer.seal(JSON.stringify(answer))
    await storeAnswer(tx, { caller, key, fingerprint, sealedAnswer, createdAt: ctx.clock() })
    return { replayed: false, answer }
  })
}

/** Does the work in a savepoint: a refusal undoes the work and is an answer like any other. */
async function firstAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  tx: Context['db'],
  work: () => Promise<unknown>,
): Promise<Answer> {
  const { ctx } = request
  try {
    const body = await inTransaction(tx, (savepoint) => {
      request.ctx = inside(ctx, savepoint)
      return work()
    })
    const location = reply.getHeader('location') as string | undefined
    return { status: reply.statusCode, ...(location ? { location } : {}), body }
  } catch (error) {
    const refusal = toCallerError(error as FastifyError)
    if (refusal.status >= 500) throw error
    return { refusal: { status: refusal.status, code: refusal.code, ...copy(refusal) } }
  } finally {
    request.ctx = ctx
  }
}

function copy({ params, members, faults }: Refusal) {
  return { params: { ...params }, members: { ...members }, faults: [...faults] }
}

function readKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Invalid({ path: 'Idempotency-Key', code: 'header' })
  }
  return key
}

function callerOf(actor: Actor): string {
  return actor.kind === 'api-key' ? actor.keyId : actor.kind
}

function fingerprintOf(request: FastifyRequest): string {
  return createHash('sha256').update(`${request.method} ${request.url}\n${request.bodyHash}`).digest('hex')
}
