import { type Static, Type } from 'typebox'
import { Closed, DateTime, Uuid } from '../fields.ts'
import { TEMPLATE_NAMES } from './templates/letter.ts'

export const MAIL_STATES = ['queued', 'sent', 'failed'] as const
export const MAIL_LANGUAGES = ['fr', 'en'] as const

/** A mail of the outbox. */
export const Mail = Closed(
  {
    id: Uuid,
    template: Type.Enum([...TEMPLATE_NAMES]),
    to: Type.String(),
    language: Type.Enum([...MAIL_LANGUAGES]),
    state: Type.Enum([...MAIL_STATES], { description: 'sent: the mail server took it' }),
    attempts: Type.Integer({ minimum: 0, description: 'Since it was queued' }),
    lastError: Type.Optional(
      Type.String({ description: 'The words of the mail server at the last attempt that failed' }),
    ),
    nextAttemptAt: Type.Optional(DateTime),
    sentAt: Type.Optional(DateTime),
    note: Type.Optional(Type.String({ description: 'Why nothing is tried: no mail server is configured' })),
    about: Type.Optional({ ...Uuid, description: 'The request or the assertion that it is about' }),
    revision: Type.Integer({ minimum: 1, description: 'The ETag, without its quotes' }),
    createdAt: DateTime,
  },
  { $id: 'Mail' },
)
export type Mail = Static<typeof Mail>
