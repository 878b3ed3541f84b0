import { type Static, Type } from 'typebox'
import { Closed, DateTime, Line, Uuid } from '../fields.ts'

const count = Type.Integer({ minimum: 1, maximum: 5000, description: 'How many codes' })
const uses = { minimum: 1, maximum: 100_000 }
const maxUses = Type.Integer({
  minimum: 1,
  maximum: 500_000_000,
  description: 'How many badges all the codes together give; by default as many as each code gives',
})

export const NewClaimCodes = Closed({
  count,
  usesPerCode: Type.Optional(Type.Integer({ ...uses, description: '1 by default' })),
  maxUses: Type.Optional(maxUses),
  validFrom: Type.Optional(DateTime),
  validUntil: Type.Optional(Type.String({ ...DateTime, examples: ['2999-12-31T22:00:00Z'] })),
  label: Type.Optional(Line(200, ['Forum de l’emploi'])),
})
export type NewClaimCodes = Static<typeof NewClaimCodes>

export const ClaimCodeSet = Closed(
  {
    id: Uuid,
    badgeClass: Uuid,
    label: Type.Optional(Type.String()),
    count,
    usesPerCode: Type.Integer(uses),
    maxUses,
    used: Type.Integer({ minimum: 0, description: 'How many badges were given for them' }),
    validFrom: Type.Optional(DateTime),
    validUntil: Type.Optional(DateTime),
    revokedAt: Type.Optional(DateTime),
    revision: Type.Integer({ minimum: 1, description: 'The ETag, without its quotes' }),
    createdAt: DateTime,
  },
  { $id: 'ClaimCodeSet' },
)
export type ClaimCodeSet = Static<typeof ClaimCodeSet>
