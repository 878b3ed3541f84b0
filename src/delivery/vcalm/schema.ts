import { type Static, Type } from 'typebox'
import { Closed, DateTime, HttpUrl, Uuid } from '../../fields.ts'
import { NewClaim } from '../claims/schema.ts'

const { binding, maxCollections } = NewClaim.properties

/** What a coordinator creates an exchange with (VCALM, "Create Exchange"). */
export const NewExchange = Closed({
  expires: Type.Optional(DateTime),
  variables: Closed({ assertionId: Uuid, binding, maxCollections }),
  openId: Type.Optional(
    Type.Object(
      {},
      { additionalProperties: true, description: 'Not needed: every exchange is offered by OpenID too' },
    ),
  ),
})
export type NewExchange = Static<typeof NewExchange>

/** What a coordinator learns of an exchange (VCALM, "Get Exchange State"). */
export const Exchange = Closed({
  id: Uuid,
  sequence: Type.Integer({ minimum: 0, description: 'How many presentations it took' }),
  expires: DateTime,
  step: Type.Enum(['did-authentication', 'delivery']),
  state: Type.Enum(['pending', 'active', 'complete', 'invalid'], {
    description:
      'pending: no wallet began; active: one did, or another may still collect; complete: collected as often as it may; invalid: ended before anybody did',
  }),
  lastError: Type.Optional(Type.Unsafe<object>({ $ref: 'Problem#' })),
  variables: Closed({
    assertionId: Uuid,
    binding: Type.Enum(['none', 'did']),
    maxCollections: Type.Integer(),
  }),
})
export type Exchange = Static<typeof Exchange>

const Presentation = Type.Object({}, { additionalProperties: true })

/** What the service says in an exchange; an older wallet gets the presentation alone. */
export const ExchangeMessage = Type.Object(
  {
    verifiablePresentationRequest: Type.Optional(Presentation),
    verifiablePresentation: Type.Optional(Presentation),
    redirectUrl: Type.Optional(HttpUrl),
  },
  { additionalProperties: true },
)
