import { Type } from 'typebox'
import { Achievement, Alignment } from './achievement.ts'
import { IdentityObject, Image } from './profile.ts'
import { extensible, Moment, oneOrMore, optional, typeWith, Uri, Words } from './shapes.ts'
import { RESULT_STATUSES } from './vocabularies.ts'

const Result = extensible({
  type: typeWith('Result'),
  ...optional({
    achievedLevel: Uri,
    alignment: oneOrMore(Alignment),
    resultDescription: Uri,
    status: Type.Enum([...RESULT_STATUSES]),
    value: Words,
  }),
})

/** OB 3.0, section B.1.4: who earned what. */
export const AchievementSubject = extensible({
  type: typeWith('AchievementSubject'),
  achievement: Achievement,
  ...optional({
    id: Uri,
    activityEndDate: Moment,
    activityStartDate: Moment,
    creditsEarned: Type.Number(),
    identifier: oneOrMore(IdentityObject),
    image: Image,
    licenseNumber: Words,
    narrative: Words,
    result: oneOrMore(Result),
    role: Words,
    source: Type.Ref('Profile'),
    term: Words,
  }),
})

/** OB 3.0, section B.1.10: what is endorsed. */
export const EndorsementSubject = extensible({
  id: Uri,
  type: typeWith('EndorsementSubject'),
  endorsementComment: Type.Optional(Words),
})

/** OB 3.0, section B.1.11. */
export const Evidence = extensible({
  type: typeWith('Evidence'),
  ...optional({ id: Uri, narrative: Words, name: Words, description: Words, genre: Words, audience: Words }),
})
