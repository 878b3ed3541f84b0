import { ourLanguage } from '../badge-classes/localized-text.ts'
import { notPublished } from '../badge-classes/not-published.ts'
import { achievementUrl, type BadgeClassAtVersion } from '../badge-classes/queries.ts'
import type { Context } from '../context.ts'
import { Invalid } from '../errors.ts'
import { FORMATS } from '../fields.ts'
import type { Language } from '../messages.ts'
import { checkResults } from './check-results.ts'
import { type Identity, identityOf } from './recipient.ts'
import type { AssertionDetails, NewAssertion } from './schema.ts'
import { type Validity, validityOf } from './validity.ts'

/** An award that holds against every rule, before it has a place in a status list. */
export interface PreparedAward {
  readonly identity: Identity
  readonly recipientName: string | null
  readonly validity: Validity
  readonly details: AssertionDetails
  /** One more for a person who holds it already. */
  readonly duplicate: boolean
  /** The language in which the person is told by mail; null where nobody is, or there is no address. */
  readonly tellIn: Language | null
  /** The event it was earned at; '' for none. */
  readonly eventKey: string
}

/**
 * Holds an award against the rules and the badge class.
 * @throws Invalid with every fault; Conflict when the badge class is not published
 */
export function prepareAward(
  ctx: Context,
  { badgeClass, version: { content } }: BadgeClassAtVersion,
  input: NewAssertion,
  eventKey = '',
): PreparedAward {
  const identity = identityOf(input.recipient)
  const validity = validityOf(input, content.validFor, ctx.clock())
  const achievementId = achievementUrl(ctx.config.publicUrl, badgeClass.id)
  const faults = checkResults(input.results ?? [], content, achievementId)
  if (faults.length > 0) throw new Invalid(...faults)
  const { status } = badgeClass
  if (status !== 'published') throw notPublished(status)
  return {
    identity,
    recipientName: input.recipient.name ?? null,
    validity,
    details: detailsOf(input),
    duplicate: input.allowDuplicate === true,
    tellIn: input.notify && canWriteTo(identity) ? (input.language ?? ourLanguage(content.language)) : null,
    eventKey,
  }
}

function canWriteTo({ type, value }: Identity): boolean {
  return type === 'emailAddress' && FORMATS.email!(value)
}

function detailsOf(input: NewAssertion): AssertionDetails {
  const { evidence, narrative, results, discloseName, activityStartDate, activityEndDate } = input
  return {
    ...(evidence === undefined ? {} : { evidence }),
    ...(narrative === undefined ? {} : { narrative }),
    ...(results === undefined ? {} : { results }),
    ...(discloseName === undefined ? {} : { discloseName }),
    ...(activityStartDate === undefined ? {} : { activityStartDate }),
    ...(activityEndDate === undefined ? {} : { activityEndDate }),
  }
}
