import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { inTransaction, violatedUnique } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { Conflict } from '../errors.ts'
import { storeKeyPair } from '../keys/store-key-pair.ts'
import { didWebOf } from '../vc/did.ts'
import { generateKeyPair } from '../vc/keys.ts'
import { insertIssuer, presentIssuer } from './queries.ts'
import type { Issuer, NewIssuer } from './schema.ts'

/**
 * Makes an issuer with its keys: Ed25519 for embedded proofs, P-256 for JWTs.
 * @throws Conflict when the slug is taken
 */
export async function createIssuer(ctx: Context, input: NewIssuer): Promise<Issuer> {
  const { publicUrl } = ctx.config
  const ed25519 = generateKeyPair('Ed25519')
  const now = ctx.clock()
  const didMethod = input.didMethod ?? 'web'
  const row = {
    id: randomUUID(),
    slug: input.slug,
    name: input.name,
    url: input.url,
    email: input.email ?? null,
    description: input.description ?? null,
    language: input.language ?? null,
    did:
      didMethod === 'key'
        ? `did:key:${ed25519.publicKeyMultibase}`
        : didWebOf(publicUrl, 'issuers', input.slug),
    didMethod,
    proofSuite: input.proofSuite ?? ('eddsa-rdfc-2022' as const),
    image: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  }
  try {
    await inTransaction(ctx.db, async (tx) => {
      await insertIssuer(tx, row)
      await storeKeyPair(inside(ctx, tx), row.id, ed25519)
      await storeKeyPair(inside(ctx, tx), row.id, generateKeyPair('P-256'))
    })
  } catch (error) {
    if (violatedUnique(error) === undefined) throw error
    throw new Conflict('slug-taken', { slug: input.slug })
  }
  return presentIssuer(row, publicUrl)
}
