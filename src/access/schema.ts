import { type Static, Type } from 'typebox'
import { SCOPES } from '../context.ts'
import { Closed, DateTime, Line, Uuid } from '../fields.ts'

const Scopes = Type.Array(Type.Enum([...SCOPES], { type: 'string' }), {
  minItems: 1,
  maxItems: SCOPES.length,
  uniqueItems: true,
})

export const NewApiKey = Closed({
  name: Line(200, ['Attendance script']),
  scopes: Scopes,
  expiresAt: Type.Optional(DateTime),
})
export type NewApiKey = Static<typeof NewApiKey>

export const ApiKey = Closed(
  {
    id: Uuid,
    name: Type.String(),
    scopes: Scopes,
    createdAt: DateTime,
    expiresAt: Type.Optional(DateTime),
    lastUsedAt: Type.Optional(DateTime),
  },
  { $id: 'ApiKey' },
)
export type ApiKey = Static<typeof ApiKey>

/** The answer to the creation: the only time that the key itself is told. */
export const CreatedApiKey = Closed({ ...ApiKey.properties, key: Type.String({ pattern: '^ecu_' }) })
export type CreatedApiKey = Static<typeof CreatedApiKey>
