import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../vc/contexts.ts'
import type { Json } from '../vc/credential.ts'
import { achievementUrl, type BadgeClassAtVersion } from './queries.ts'
import type { BadgeContent } from './schema.ts'

/** The Achievement as it stands inside a credential: the state of that version (OB 3.0, section B.1.2). */
export function achievementOf({ badgeClass, version }: BadgeClassAtVersion, publicUrl: string): Json {
  const { content } = version
  const id = achievementUrl(publicUrl, badgeClass.id)
  return {
    id,
    type: ['Achievement'],
    ...pick(content, ['achievementType']),
    name: content.name,
    description: content.description,
    criteria: content.criteria,
    ...(version.image === null
      ? {}
      : { image: { id: `${publicUrl}/images/${version.image}`, type: 'Image' } }),
    ...(content.language === undefined ? {} : { inLanguage: content.language }),
    ...(content.tags === undefined ? {} : { tag: content.tags }),
    ...(content.alignment === undefined ? {} : { alignment: content.alignment.map(typed('Alignment')) }),
    ...pick(content, ['humanCode', 'fieldOfStudy', 'specialization', 'creditsAvailable']),
    ...(content.resultDescription === undefined
      ? {}
      : { resultDescription: content.resultDescription.map((d) => resultDescriptionOf(d, id)) }),
    ...(content.related === undefined ? {} : { related: content.related.map(typed('Related')) }),
    version: String(version.version),
  }
}

/** The Achievement as a document of its own. */
export function achievementDocument(found: BadgeClassAtVersion, publicUrl: string): Json {
  return { '@context': [CREDENTIALS_V2, OPEN_BADGES_V3], ...achievementOf(found, publicUrl) }
}

/** A word becomes a fragment of the Achievement's URL; an absolute IRI stays. */
export function absoluteId(id: string, achievementId: string): string {
  return /^[A-Za-z0-9_-]+$/.test(id) ? `${achievementId}#${id}` : id
}

function resultDescriptionOf(
  description: NonNullable<BadgeContent['resultDescription']>[number],
  achievementId: string,
): Json {
  const { id, alignment, requiredLevel, rubricCriterionLevel, ...rest } = description
  return {
    id: absoluteId(id, achievementId),
    type: ['ResultDescription'],
    ...rest,
    ...(alignment === undefined ? {} : { alignment: alignment.map(typed('Alignment')) }),
    ...(requiredLevel === undefined ? {} : { requiredLevel: absoluteId(requiredLevel, achievementId) }),
    ...(rubricCriterionLevel === undefined
      ? {}
      : { rubricCriterionLevel: rubricCriterionLevel.map((level) => rubricLevelOf(level, achievementId)) }),
  }
}

function rubricLevelOf({ id, alignment, ...rest }: Level, achievementId: string): Json {
  return {
    id: absoluteId(id, achievementId),
    type: ['RubricCriterionLevel'],
    ...rest,
    ...(alignment === undefined ? {} : { alignment: alignment.map(typed('Alignment')) }),
  }
}

type Level = NonNullable<
  NonNullable<BadgeContent['resultDescription']>[number]['rubricCriterionLevel']
>[number]

function typed(type: string) {
  return (value: object): Json => ({ type: [type], ...value })
}

function pick<T extends object>(value: T, names: (keyof T)[]): Partial<T> {
  return Object.fromEntries(
    names.filter((n) => value[n] !== undefined).map((n) => [n, value[n]]),
  ) as Partial<T>
}
