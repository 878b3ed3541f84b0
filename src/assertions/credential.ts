import { absoluteId, achievementOf } from '../badge-classes/achievement.ts'
import type { BadgeClassAtVersion } from '../badge-classes/queries.ts'
import { parseDateTime } from '../fields.ts'
import { profileOf } from '../issuers/profile.ts'
import type { IssuerRow } from '../issuers/queries.ts'
import type { StatusEntry } from '../status-lists/allocate.ts'
import { statusListUrl } from '../status-lists/signed-list.ts'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../vc/contexts.ts'
import type { Json, UnsignedCredential } from '../vc/credential.ts'
import type { Constants } from '../vc/engine/layout.ts'
import { toSecond } from '../vc/time.ts'
import { type Identity, subjectIdentity } from './recipient.ts'
import type { AssertionDetails } from './schema.ts'
import type { Validity } from './validity.ts'

/** What the credentials of one badge version have in common. */
export interface CredentialBase {
  readonly publicUrl: string
  readonly badgeName: string
  readonly profile: Json
  readonly achievement: Json
  /** The same two, as the signing engine is told of them. */
  readonly constants: Constants
}

/** What a credential is made from besides. */
export interface Award {
  readonly credentialId: string
  readonly identity: Identity
  readonly recipientName: string | null
  readonly validity: Validity
  readonly details: AssertionDetails
  readonly status: StatusEntry
}

/** A published version is frozen and an issuer counts its revisions: together they name what is constant. */
export function credentialBase(
  issuer: IssuerRow,
  badge: BadgeClassAtVersion,
  publicUrl: string,
): CredentialBase {
  const profile = profileOf(issuer, publicUrl)
  const achievement = achievementOf(badge, publicUrl)
  const key = `${issuer.id}@${issuer.revision} ${badge.badgeClass.id}@${badge.version.version}`
  const constants = { key, parts: new Set([profile, achievement]) }
  return { publicUrl, badgeName: badge.version.content.name, profile, achievement, constants }
}

/**
 * The OpenBadgeCredential of an award, before its proof: lists as arrays, no nulls, every member defined by
 * the two contexts.
 * Source: OB 3.0, section B.1.1 (AchievementCredential) and appendix B.1.3 (AchievementSubject).
 */
export function buildCredential(base: CredentialBase, award: Award): UnsignedCredential {
  const { publicUrl } = base
  const { validity, details, status } = award
  const list = statusListUrl(publicUrl, status.listId)
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
    id: credentialUrl(publicUrl, award.credentialId),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: base.badgeName,
    issuer: base.profile,
    validFrom: toSecond(validity.validFrom),
    ...(validity.validUntil ? { validUntil: toSecond(validity.validUntil) } : {}),
    awardedDate: toSecond(validity.awardedAt),
    credentialSubject: subjectOf(base, award),
    ...(details.evidence ? { evidence: details.evidence.map(evidenceOf) } : {}),
    credentialStatus: {
      id: `${list}#${status.index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(status.index),
      statusListCredential: list,
    },
  }
}

export function credentialUrl(publicUrl: string, credentialId: string): string {
  return `${publicUrl}/credentials/${credentialId}`
}

function subjectOf({ achievement }: CredentialBase, { identity, recipientName, details }: Award): Json {
  const { results, narrative, discloseName, activityStartDate, activityEndDate } = details
  return {
    ...subjectIdentity(identity),
    type: ['AchievementSubject'],
    ...(discloseName && recipientName !== null ? { name: recipientName } : {}),
    achievement,
    ...(narrative === undefined ? {} : { narrative }),
    ...(activityStartDate === undefined ? {} : { activityStartDate: inUtc(activityStartDate) }),
    ...(activityEndDate === undefined ? {} : { activityEndDate: inUtc(activityEndDate) }),
    ...(results ? { result: results.map((result) => resultOf(result, String(achievement.id))) } : {}),
  }
}

const IN_UTC = /^[\d-]{10}T[\d:]{8}Z$/

function inUtc(time: string): string {
  return IN_UTC.test(time) ? time : toSecond(parseDateTime(time)!)
}

function resultOf(result: NonNullable<AssertionDetails['results']>[number], achievementId: string): Json {
  const { resultDescription, achievedLevel, ...rest } = result
  return {
    type: ['Result'],
    resultDescription: absoluteId(resultDescription, achievementId),
    ...rest,
    ...(achievedLevel === undefined ? {} : { achievedLevel: absoluteId(achievedLevel, achievementId) }),
  }
}

function evidenceOf(evidence: object): Json {
  return { type: ['Evidence'], ...evidence }
}
