import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { inTransaction } from '../db/db.ts'
import { inside } from '../db/inside.ts'
import { NotFound } from '../errors.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { activeKey } from '../keys/active-key.ts'
import { encodeBitstring } from '../vc/bitstring.ts'
import { CREDENTIALS_V2 } from '../vc/contexts.ts'
import { verifyWithLibrary } from '../vc/engine/self-check.ts'
import { signAsGiven } from '../vc/sign.ts'
import { toSecond } from '../vc/time.ts'
import {
  findStatusList,
  listSetIndexes,
  lockStatusList,
  type StatusListRow,
  storeSignedList,
} from './queries.ts'

/** How long a copy may be kept: `ttl` (milliseconds) and Cache-Control say the same. */
export const TTL_MS = 60_000

/** Under a storm of changes a list is signed once in this time; whoever asks meanwhile waits for it. */
const SIGN_EVERY_MS = 1000

/**
 * The signed list with every change so far. Signed when it is first asked for after a change.
 * @returns the bytes to serve, and when they were signed
 * @throws NotFound
 */
export async function getSignedStatusList(
  ctx: Context,
  id: string,
): Promise<{ body: string; signedAt: Date }> {
  // Later changes are not waited for, or under a storm the answer would never come.
  let asked: number | undefined
  for (let waited = false; ; ) {
    const found = await findStatusList(ctx.db, id)
    if (!found) throw new NotFound()
    const { list, signed } = found
    asked ??= list.changes
    if (signed && signed.changes >= asked) return signed
    const wait = signed ? signed.signedAt.getTime() + SIGN_EVERY_MS - ctx.clock().getTime() : 0
    if (wait > 0 && !waited) await sleep(Math.min(wait, SIGN_EVERY_MS))
    else await inTransaction(ctx.db, (tx) => signIfChanged(inside(ctx, tx), id, signed?.changes))
    waited = true
  }
}

/** Of several that found the list changed, the first to lock it signs. */
async function signIfChanged(ctx: Context, id: string, seenChanges: number | undefined): Promise<void> {
  const { list, signed } = (await lockStatusList(ctx.db, id))!
  if (signed && signed.changes !== seenChanges) return
  const now = ctx.clock()
  await storeSignedList(ctx.db, {
    statusListId: id,
    body: await signList(ctx, list, now),
    changes: list.changes,
    signedAt: now,
  })
}

/** Bitstring Status List 1.0, section 2.1 (BitstringStatusListCredential). */
async function signList(ctx: Context, list: StatusListRow, now: Date): Promise<string> {
  const issuer = await getIssuerById(ctx.db, list.issuerId)
  const url = statusListUrl(ctx.config.publicUrl, list.id)
  const unsigned = {
    '@context': [CREDENTIALS_V2],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.did,
    validFrom: toSecond(now),
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: list.purpose,
      encodedList: encodeBitstring(list.size, await listSetIndexes(ctx.db, list.id)),
      ttl: TTL_MS,
    },
  }
  const key = await activeKey(ctx, issuer, 'Ed25519')
  const body = JSON.stringify(await signAsGiven(unsigned, key, { suite: 'eddsa-rdfc-2022', created: now }))
  await verifyWithLibrary(body, key)
  return body
}

export function statusListUrl(publicUrl: string, id: string): string {
  return `${publicUrl}/status-lists/${id}`
}
