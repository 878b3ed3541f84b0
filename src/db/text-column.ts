import { type SQL, sql } from 'drizzle-orm'

const BETWEEN = '\x1f'
const NOTHING = '\x1d'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the two above
const TAKEN = /[\x1d\x1f]/

type Value = string | number | boolean | null | undefined

/**
 * A column of values as one text, which PostgreSQL cuts: in an array each element would be quoted, sent and
 * unquoted.
 * @returns an expression of type text[]; cast it to the type of the column
 */
export function textColumn(values: readonly Value[]): SQL {
  const text = values.map((value) => value ?? NOTHING).join(BETWEEN)
  const isCutRight = text !== '' && !values.some((value) => typeof value === 'string' && TAKEN.test(value))
  if (isCutRight) return sql`string_to_array(${text}::text, ${BETWEEN}, ${NOTHING})`
  return sql`${sql.param(values.map((value) => (value === undefined || value === null ? null : String(value))))}::text[]`
}
