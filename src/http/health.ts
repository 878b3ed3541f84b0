import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Context } from '../context.ts'
import { ping } from '../db/db.ts'
import { Closed } from '../fields.ts'
import { activeKey, serviceKeyHolder } from '../keys/active-key.ts'
import { signOne } from '../signing/sign-one.ts'
import { CREDENTIALS_V2 } from '../vc/contexts.ts'
import { toMultibase } from '../vc/keys.ts'
import { toSecond } from '../vc/time.ts'
import { verifyProof } from '../vc/verify-proof.ts'
import { answer, json, Problem } from './answers.ts'
import { PROBLEM_JSON } from './problems.ts'

const Readiness = Closed({
  ready: Type.Boolean(),
  checks: Closed({ database: Type.Boolean(), storage: Type.Boolean(), signature: Type.Boolean() }),
})

export async function healthRoutes(app: FastifyInstance): Promise<void> {
  const tags = ['Operation']
  app.get(
    '/healthz',
    {
      schema: {
        tags,
        summary: 'Alive?',
        description: 'The process answers; nothing else is asked.',
        response: { 200: json('Alive', Closed({ alive: Type.Literal(true) })) },
      },
    },
    async () => ({ alive: true }),
  )
  app.get(
    '/readyz',
    {
      schema: {
        tags,
        summary: 'Ready? Asks the database and the storage, and makes a signature and checks it',
        description: 'For whoever sends traffic here: 503 as long as one of the checks fails.',
        response: {
          200: json('Ready', Readiness),
          503: answer('Not ready', { 'application/json': Readiness, [PROBLEM_JSON]: Problem }),
        },
      },
    },
    async ({ ctx, log }, reply) => {
      const attempt = (name: string, check: (ctx: Context) => Promise<void>) =>
        check(ctx).then(
          () => true,
          (error) => {
            log.error({ err: error, check: name }, 'not ready')
            return false
          },
        )
      const checks = {
        database: await attempt('database', () => ping(ctx.db)),
        storage: await attempt('storage', checkStorage),
        signature: await attempt('signature', checkSignature),
      }
      const ready = Object.values(checks).every(Boolean)
      reply.code(ready ? 200 : 503).header('cache-control', 'no-store')
      return { ready, checks }
    },
  )
}

async function checkStorage({ storage }: Context): Promise<void> {
  const bytes = Buffer.from('ready')
  await storage.put('readiness/probe', bytes, 'text/plain')
  const found = await storage.get('readiness/probe')
  if (!found?.equals(bytes)) throw new Error('the storage does not give back what it was given')
}

/** Signs with the service's own key and checks the signature by the other implementation. */
async function checkSignature(ctx: Context): Promise<void> {
  const key = await activeKey(ctx, serviceKeyHolder(ctx.config.publicUrl), 'Ed25519')
  const now = ctx.clock()
  const unsigned = {
    '@context': [CREDENTIALS_V2],
    id: `${ctx.config.publicUrl}/readyz`,
    type: ['VerifiableCredential'],
    issuer: key.controller,
    validFrom: toSecond(now),
    credentialSubject: { id: key.controller },
  }
  const signed = JSON.parse(
    await signOne(ctx.signer, unsigned, { key, suite: 'eddsa-rdfc-2022', created: now }),
  )
  const publicKey = toMultibase(key.privateKey.export({ format: 'jwk' }))
  if (!(await verifyProof(signed, signed.proof[0]!, publicKey)))
    throw new Error('the signature does not verify')
}
