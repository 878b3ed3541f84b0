import type { AssertionRow } from '../../assertions/queries.ts'
import { ourLanguage } from '../../badge-classes/localized-text.ts'
import type { BadgeClassAtVersion } from '../../badge-classes/queries.ts'
import type { Language } from '../../messages.ts'

/** The language in which the person of an assertion is written to: the one that was asked for, or the badge's. */
export function languageFor({ tellIn }: AssertionRow, { version }: BadgeClassAtVersion): Language {
  return tellIn ?? ourLanguage(version.content.language)
}
