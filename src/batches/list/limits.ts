import { CallerError } from '../../errors.ts'

/** What a list may be; the body itself is limited by the route. */
export const LIMITS = {
  rows: 200_000,
  columns: 200,
  /** Of one row as it stands in the file. */
  rowBytes: 256 * 1024,
  /** Of one heading, in UTF-16 code units: it comes back with every row. */
  headingLength: 300,
  /** Of one cell, in UTF-16 code units. */
  cellLength: 10_000,
  /** Of a JSON document without its rows, in bytes. */
  optionsBytes: 64 * 1024,
  /** Of a JSON document, its own object counted. */
  depth: 32,
} as const

/** The answer to a list with more rows than it may have. */
export function tooManyRows(): CallerError {
  const fault = { path: '', code: 'list-too-many-rows', params: { max: LIMITS.rows } } as const
  return new CallerError(413, 'too-large', { faults: [fault] })
}
