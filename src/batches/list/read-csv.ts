import { type CsvError, type Parser, parse } from 'csv-parse'
import { Invalid } from '../../errors.ts'
import { buildRow, trimmed } from './build-row.ts'
import { readUtf8, recogniseEncoding, type TextEncoding } from './encoding.ts'
import { LIMITS, tooManyRows } from './limits.ts'
import type { ListColumn, ListRow } from './list-row.ts'
import { CSV_OPTIONS, type Heading, readHeading } from './read-heading.ts'
import type { ListSource, ReadList } from './read-list.ts'

interface CsvRecord {
  readonly line: number
  readonly record: string[]
}

interface ParsedRecord {
  readonly record: string[]
  readonly info: { readonly bytes: number }
}

/** Reads a CSV (RFC 4180, and what spreadsheets make of it). @throws Invalid, and CallerError 413, also from `rows` */
export async function readCsv({ path, charset }: ListSource): Promise<ReadList> {
  const encoding = await recogniseEncoding(path, charset)
  const heading = readHeading(await startOf(path, encoding))
  return {
    columns: heading.columns,
    delimiter: heading.delimiter,
    bom: encoding.bom || encoding.label !== 'utf-8',
    rows: readRows(readUtf8(path, encoding), heading),
    options: async () => ({}),
  }
}

async function startOf(path: string, encoding: TextEncoding): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of readUtf8(path, encoding)) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= LIMITS.rowBytes) break
  }
  return Buffer.concat(chunks).subarray(0, LIMITS.rowBytes).toString()
}

async function* readRows(chunks: AsyncIterable<Buffer>, heading: Heading): AsyncGenerator<ListRow> {
  let records = 0
  let rows = 0
  for await (const { line, record } of readRecords(chunks, heading.delimiter)) {
    // Blank ones are no rows, but take as long to read.
    if (++records > heading.records + LIMITS.rows) throw tooManyRows()
    if (records <= heading.records || record.every((cell) => trimmed(cell) === '')) continue
    rows++
    yield rowOf(line, record, heading.columns)
  }
  if (rows === 0) throw new Invalid({ path: '', code: 'list-no-rows' })
}

function rowOf(line: number, record: string[], columns: readonly ListColumn[]): ListRow {
  const surplus = record.slice(columns.length).some((cell) => trimmed(cell) !== '')
  if (!surplus) return buildRow(line, record, columns)
  const params = { count: record.length, max: columns.length }
  return buildRow(line, record, columns, { code: 'row-too-many-cells', params })
}

/** Every record with the line where it begins. None grows beyond its limit, however many cells it has. */
async function* readRecords(chunks: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<CsvRecord> {
  const parser = parse({ delimiter, info: true, ...CSV_OPTIONS })
  // What goes wrong is thrown below, by whoever reads on.
  parser.on('error', () => {})
  const place: Place = { line: 1, bytes: 0 }
  let written = 0
  for await (const chunk of chunks) {
    parser.write(chunk)
    written += chunk.length
    yield* drain(parser, place)
    // The parser may still have one chunk to read.
    if (written - place.bytes > LIMITS.rowBytes + 2 * chunk.length) throw rowTooLong(place.line)
  }
  parser.end()
  try {
    for await (const item of parser as AsyncIterable<ParsedRecord>) yield pass(item, place)
  } catch (error) {
    if ((error as CsvError).code !== 'CSV_QUOTE_NOT_CLOSED') throw error
    throw new Invalid({ path: '', code: 'list-quote', params: { line: place.line } })
  }
}

/** Where the next record begins. */
interface Place {
  line: number
  bytes: number
}

function* drain(parser: Parser, place: Place): Generator<CsvRecord> {
  for (let item = parser.read(); item !== null; item = parser.read()) yield pass(item, place)
}

/** The parser counts a quoted CRLF as two lines, so lines are counted here. */
function pass({ record, info }: ParsedRecord, place: Place): CsvRecord {
  const { line } = place
  if (info.bytes - place.bytes > LIMITS.rowBytes) throw rowTooLong(line)
  place.bytes = info.bytes
  place.line++
  for (const cell of record) {
    if (cell.includes('\n') || cell.includes('\r')) place.line += cell.match(/\r\n|\n|\r/g)!.length
  }
  return { line, record }
}

function rowTooLong(line: number): Invalid {
  return new Invalid({ path: '', code: 'list-row-too-long', params: { line, max: LIMITS.rowBytes } })
}
