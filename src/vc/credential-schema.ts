import { Type } from 'typebox'
import { DateTime } from '../fields.ts'
import { achievementMembers } from './open-badges/achievement.ts'
import { profileMembers } from './open-badges/profile.ts'
import { extensible, Uri } from './open-badges/shapes.ts'

/** An Achievement as a document of its own. */
export const AchievementDocument = extensible(
  { '@context': Type.Array(Type.String()), ...achievementMembers },
  { $id: 'Achievement' },
)

/** A Profile as a document of its own. */
export const ProfileDocument = extensible(
  { '@context': Type.Array(Type.String()), ...profileMembers },
  { $id: 'Profile' },
)

/** Any signed credential, as a response body. */
export const SignedCredentialDocument = extensible(
  {
    '@context': Type.Array(Type.Union([Type.String(), extensible({})])),
    id: Uri,
    type: Type.Array(Type.String()),
    issuer: Type.Union([Uri, extensible(profileMembers)]),
    validFrom: Type.Optional(DateTime),
    issuanceDate: Type.Optional({ ...DateTime, description: 'The same, in a credential of VCDM 1.1' }),
    credentialSubject: extensible({}),
    proof: Type.Array(extensible({ type: Type.String() })),
  },
  {
    $id: 'SignedCredential',
    oneOf: [{ required: ['validFrom'] }, { required: ['issuanceDate'] }],
  },
)
