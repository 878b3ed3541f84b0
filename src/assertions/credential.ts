import { absoluteId, achievementOf } from '../badge-classes/achievement.ts'
import type { BadgeClassAtVersion } from '../badge-classes/queries.ts'
import { profileOf } from '../issuers/profile.ts'
import type { IssuerRow } from '../issuers/queries.ts'
import type { StatusEntry } from '../status-lists/allocate.ts'
import { statusListUrl } from '../status-lists/signed-list.ts'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../vc/contexts.ts'
import type { Json, UnsignedCredential } from '../vc/credential.ts'
import { toSecond } from '../vc/time.ts'
import { type Identity, subjectIdentity } from './recipient.ts'
import type { AssertionDetails } from './schema.ts'
import type { Validity } from './validity.ts'

/** All that a credential is made from. */
export interface Award {
  readonly credentialId: string
  readonly issuer: IssuerRow
  readonly badge: BadgeClassAtVersion
  readonly identity: Identity
  readonly recipientName: string | null
  readonly validity: Validity
  readonly details: AssertionDetails
  readonly status: StatusEntry
}

/**
 * The OpenBadgeCredential of an award, before its proof: lists as arrays, no nulls, every member defined by
 * the two contexts.
 * Source: OB 3.0, section B.1.1 (AchievementCredential) and appendix B.1.3 (AchievementSubject).
 */
export function buildCredential(award: Award, publicUrl: string): UnsignedCredential {
  const { issuer, badge, validity, details, status } = award
  const list = statusListUrl(publicUrl, status.listId)
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
    id: credentialUrl(publicUrl, award.credentialId),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: badge.version.content.name,
    issuer: profileOf(issuer, publicUrl),
    validFrom: toSecond(validity.validFrom),
    ...(validity.validUntil ? { validUntil: toSecond(validity.validUntil) } : {}),
    awardedDate: toSecond(validity.awardedAt),
    credentialSubject: subjectOf(award, publicUrl),
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

function subjectOf({ badge, identity, recipientName, details }: Award, publicUrl: string): Json {
  const achievement = achievementOf(badge, publicUrl)
  const { results, narrative, discloseName } = details
  return {
    ...subjectIdentity(identity),
    type: ['AchievementSubject'],
    ...(discloseName && recipientName !== null ? { name: recipientName } : {}),
    achievement,
    ...(narrative === undefined ? {} : { narrative }),
    ...(results ? { result: results.map((result) => resultOf(result, String(achievement.id))) } : {}),
  }
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
