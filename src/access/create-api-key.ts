import { randomBytes, randomUUID } from 'node:crypto'
import type { Actor, Context } from '../context.ts'
import { Forbidden, Invalid } from '../errors.ts'
import { parseDateTime } from '../fields.ts'
import { hashKey } from './authenticate.ts'
import { insertApiKey, presentApiKey } from './queries.ts'
import type { CreatedApiKey, NewApiKey } from './schema.ts'

/**
 * Makes a key of an issuer. It is told once; its hash is kept. A key that expires makes none that lives longer.
 * @throws Forbidden when a key would give a scope that it does not have itself
 */
export async function createApiKey(
  ctx: Context,
  actor: Actor,
  issuerId: string,
  input: NewApiKey,
): Promise<CreatedApiKey> {
  if (actor.kind === 'api-key') {
    const beyond = input.scopes.find((scope) => !actor.scopes.includes(scope))
    if (beyond) throw new Forbidden('scope-not-held', { scope: beyond })
  }
  const now = ctx.clock()
  const own = actor.kind === 'api-key' ? actor.expiresAt : null
  const expiresAt = input.expiresAt ? parseDateTime(input.expiresAt)! : own
  if (expiresAt && expiresAt <= now) throw new Invalid({ path: '/expiresAt', code: 'in-the-past' })
  if (own && expiresAt && expiresAt > own)
    throw new Invalid({ path: '/expiresAt', code: 'outlives-its-maker' })

  const key = `ecu_${randomBytes(32).toString('base64url')}`
  const row = {
    id: randomUUID(),
    issuerId,
    name: input.name,
    keyHash: hashKey(key).toString('hex'),
    scopes: input.scopes,
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  }
  await insertApiKey(ctx.db, row)
  return { ...presentApiKey(row), key }
}
