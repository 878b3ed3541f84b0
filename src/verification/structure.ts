import type { Json } from '../vc/credential.ts'
import { listOf } from '../vc/members.ts'
import { badgeSchemaFaults, endorsementSchemaFaults } from '../vc/open-badges/faults.ts'
import { type CheckStep, failed, passed } from './check.ts'

/** OB 3.0, sections B.1.1 and B.1.9: the types say that it is an Open Badge, or the endorsement of something. */
export const checkType: CheckStep = (_ctx, { credential }) => {
  const types = listOf(credential.type)
  if (!types.includes('VerifiableCredential')) return failed('type-no-credential')
  if (isEndorsement(credential)) return passed('type-endorsement')
  return types.includes('OpenBadgeCredential') || types.includes('AchievementCredential')
    ? passed('type-ok')
    : failed('type-no-badge')
}

/** The classes, their members and what these hold (OB 3.0, appendix B). */
export const checkSchema: CheckStep = (_ctx, { credential }) => {
  const faults = isEndorsement(credential)
    ? endorsementSchemaFaults(credential)
    : badgeSchemaFaults(credential)
  return faults.length === 0
    ? passed('schema-ok')
    : failed('schema-broken', { paths: faults.join(', ').slice(0, 500) })
}

/** Is it an endorsement (OB 3.0, section B.1.9), and no badge? */
export function isEndorsement({ type }: Json): boolean {
  return listOf(type).includes('EndorsementCredential')
}
