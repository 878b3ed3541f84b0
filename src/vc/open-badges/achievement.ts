import { Type } from 'typebox'
import { endorsementMembers, IdentifierEntry, Image } from './profile.ts'
import { extensible, LanguageCode, oneOrMore, optional, typeWith, Uri, Words, wordOf } from './shapes.ts'
import { ACHIEVEMENT_TYPES, RESULT_TYPES, TARGET_TYPES } from './vocabularies.ts'

/** OB 3.0, section B.1.5. */
export const Alignment = extensible({
  type: typeWith('Alignment'),
  targetName: Words,
  targetUrl: Uri,
  ...optional({
    targetCode: Words,
    targetDescription: Words,
    targetFramework: Words,
    targetType: wordOf(TARGET_TYPES),
  }),
})

const RubricCriterionLevel = extensible({
  id: Uri,
  type: typeWith('RubricCriterionLevel'),
  name: Words,
  ...optional({ alignment: oneOrMore(Alignment), description: Words, level: Words, points: Words }),
})

const ResultDescription = extensible({
  id: Uri,
  type: typeWith('ResultDescription'),
  name: Words,
  resultType: wordOf(RESULT_TYPES),
  ...optional({
    alignment: oneOrMore(Alignment),
    allowedValue: oneOrMore(Words),
    requiredLevel: Uri,
    requiredValue: Words,
    rubricCriterionLevel: oneOrMore(RubricCriterionLevel),
    valueMax: Words,
    valueMin: Words,
  }),
})

const Related = extensible({
  id: Uri,
  type: typeWith('Related'),
  ...optional({ inLanguage: LanguageCode, version: Words }),
})

/** What an Achievement says of itself; its endorsements and its creator are beside these. */
export const achievementMembers = {
  id: Uri,
  type: typeWith('Achievement'),
  name: Words,
  description: Words,
  criteria: extensible(optional({ id: Uri, narrative: Words })),
  ...optional({
    achievementType: wordOf(ACHIEVEMENT_TYPES),
    alignment: oneOrMore(Alignment),
    creditsAvailable: Type.Number(),
    fieldOfStudy: Words,
    humanCode: Words,
    image: Image,
    inLanguage: LanguageCode,
    otherIdentifier: oneOrMore(IdentifierEntry),
    related: oneOrMore(Related),
    resultDescription: oneOrMore(ResultDescription),
    specialization: Words,
    tag: oneOrMore(Words),
    version: Words,
  }),
}

/** OB 3.0, section B.1.2. */
export const Achievement = extensible({
  ...achievementMembers,
  ...endorsementMembers,
  creator: Type.Optional(Type.Ref('Profile')),
})
