import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../src/context.ts'
import { inTransaction } from '../../src/db/db.ts'
import { inside } from '../../src/db/inside.ts'
import { queueMail } from '../../src/mail/queue-mail.ts'
import type { NewMail } from '../../src/mail/queue-mails.ts'
import type { Mail } from '../../src/mail/schema.ts'
import type { Tenant } from './factories.ts'

/** A mail of a tenant, to an address of its own. */
export const newMail = (tenant: Tenant, overrides: Partial<NewMail> = {}): NewMail =>
  ({
    issuerId: tenant.id,
    to: `${randomUUID()}@example.org`,
    language: 'fr',
    template: 'request-received',
    values: { badge: 'Je m’engage', link: 'https://form.example/#ecr_secret' },
    ...overrides,
  }) as NewMail

/** Puts a mail into the outbox. */
export async function queueIn(ctx: Context, mail: NewMail): Promise<string> {
  return inTransaction(ctx.db, async (tx) => (await queueMail(inside(ctx, tx), mail))!)
}

/** Waits until a mail is as it should be. */
export async function until(tenant: Tenant, id: string, fact: (mail: Mail) => unknown): Promise<Mail> {
  for (let i = 0; i < 400; i++) {
    const { body } = await tenant.call('GET', `/v1/mails/${id}`)
    if (fact(body)) return body
    await sleep(25)
  }
  throw new Error(`it did not come about: ${fact}`)
}

export const untilState = (tenant: Tenant, id: string, state: Mail['state']) =>
  until(tenant, id, (mail) => mail.state === state)

/** Waits for the mails about an award, which a job writes. */
export async function untilTold(tenant: Tenant, assertionId: string): Promise<Mail[]> {
  for (let i = 0; i < 400; i++) {
    const { body } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails?about=${assertionId}`)
    if (body.items.length > 0) return body.items
    await sleep(25)
  }
  throw new Error('nobody was told')
}
