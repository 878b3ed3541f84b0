import type { ListColumn, ListRow } from './list-row.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'

/** A list in a file. */
export interface ListSource {
  readonly path: string
  readonly format: 'csv' | 'json'
  /** What its sender says of its characters; without, we find out. */
  readonly charset?: string
}

export interface ReadList {
  /** What each column is taken for. JSON: of the rows that were read so far. */
  readonly columns: readonly ListColumn[]
  /** Of the CSV; `;` for JSON. */
  readonly delimiter: string
  /** Does a report of it need a byte order mark? Not where the list is UTF-8 without one. */
  readonly bom: boolean
  /** Can be read once; the file is read as the rows are. */
  readonly rows: AsyncIterable<ListRow>
  /** The members of a JSON document beside `rows`; of a CSV, nothing. */
  options(): Promise<unknown>
}

/**
 * Reads a list of people: CSV or JSON, row by row, so that it never sits in memory. A row with a fault says so;
 * a list that cannot be read as a whole throws, here or while its rows are read.
 * @throws Invalid, and CallerError with 413 when there are too many rows
 */
export async function readList(source: ListSource): Promise<ReadList> {
  return source.format === 'json' ? readJson(source) : readCsv(source)
}
