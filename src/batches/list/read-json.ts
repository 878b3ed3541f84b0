import { type Fault, Invalid } from '../../errors.ts'
import { parseJson } from '../../json.ts'
import { buildRow, legible } from './build-row.ts'
import { assertHeadingLengths, mapColumns } from './columns.ts'
import { readChunks, recogniseEncoding } from './encoding.ts'
import { LIMITS, tooManyRows } from './limits.ts'
import type { ListColumn, ListRow, RowFault } from './list-row.ts'
import { assertRecipientColumn } from './read-heading.ts'
import type { ListSource, ReadList } from './read-list.ts'
import { splitJson } from './split-json.ts'

const IDENTITIES = ['email', 'did', 'identifier']
const RECIPIENT_MEMBERS = [...IDENTITIES, 'name']

type Members = Readonly<Record<string, unknown>>

/** Reads `{rows: [...], ...}` by the rules of our JSON bodies. @throws Invalid, and CallerError 413, also from `rows` */
export async function readJson({ path }: ListSource): Promise<ReadList> {
  const { bom } = await recogniseEncoding(path, 'utf-8')
  const { rows, ...options } = await readRest(path)
  if (!Array.isArray(rows)) throw new Invalid({ path: '/rows', code: 'list-rows' })
  const columns: ListColumn[] = []
  return { columns, delimiter: ';', bom, rows: readRows(path, columns), options: async () => options }
}

/** The document with its rows left out. */
async function readRest(path: string): Promise<Members> {
  let rest: unknown
  for await (const part of splitJson(readChunks(path))) {
    if ('rest' in part) rest = parseJson(part.rest)
  }
  if (isObject(rest)) return rest
  throw new Invalid({ path: '', code: 'json-object' })
}

/** Adds to `columns` what each row brings. */
async function* readRows(path: string, columns: ListColumn[]): AsyncGenerator<ListRow> {
  const places = new Map<string, number>()
  let line = 0
  for await (const part of splitJson(readChunks(path))) {
    if ('rest' in part) break
    if (++line > LIMITS.rows) throw tooManyRows()
    yield readRow(part.row, { line, places, columns })
  }
  if (line === 0) throw new Invalid({ path: '/rows', code: 'list-no-rows' })
  assertRecipientColumn(columns)
}

interface Place {
  readonly line: number
  readonly places: Map<string, number>
  readonly columns: ListColumn[]
}

function readRow(bytes: Buffer, { line, places, columns }: Place): ListRow {
  const { value, fault } = parseRow(bytes)
  if (!isObject(value)) return buildRow(line, [], columns, { code: 'row-object' })
  const { cells, nested } = flatten(value)
  addColumns([...cells.keys()], places, columns)
  const raw = columns.map(({ heading }) => cells.get(heading) ?? '')
  const row = buildRow(line, raw, columns, fault ?? nested ?? faultOfRecipient(value.recipient))
  const identifier = isObject(value.recipient) ? value.recipient.identifier : undefined
  // Checked with the rest of the row.
  if (!isObject(identifier) || row.fields.identifier === undefined) return row
  return { ...row, fields: { ...row.fields, identifier: identifier as { type: string; value: string } } }
}

/** A row that breaks a rule of text is told as it is, with the rule; what is no JSON at all ends the list. */
function parseRow(bytes: Buffer): { value: unknown; fault?: RowFault } {
  try {
    return { value: parseJson(bytes) }
  } catch (error) {
    const fault = error instanceof Invalid ? error.faults[0]! : undefined
    if (!fault || fault.code === 'json-syntax' || fault.code === 'json-depth') throw error
    return { value: JSON.parse(bytes.toString()), fault: rowFaultOf(fault) }
  }
}

function rowFaultOf({ path, code }: Fault): RowFault {
  const column = path.slice(1)
  if (code === 'json-duplicate') return { code: 'row-member-twice', params: { column } }
  if (code === 'json-key') return { code: 'row-unknown-member', params: { column } }
  return { code: 'row-text', params: { column } }
}

/** The cells of a row by heading: its members, and those of its recipient. */
function flatten(row: Members): { cells: Map<string, string>; nested?: RowFault } {
  const cells = new Map<string, string>()
  let nested: RowFault | undefined
  const add = (name: string, value: unknown) => {
    const isNested = typeof value === 'object' && value !== null
    if (isNested && name !== 'recipient.identifier') {
      nested ??= { code: 'row-nested', params: { column: legible(name) } }
    }
    cells.set(legible(name), isNested ? JSON.stringify(value) : String(value ?? ''))
  }
  for (const [name, value] of Object.entries(row)) {
    if (name !== 'recipient' || !isObject(value)) add(name, value)
    else for (const [member, inside] of Object.entries(value)) add(`recipient.${member}`, inside)
  }
  return { cells, ...(nested ? { nested } : {}) }
}

function faultOfRecipient(recipient: unknown): RowFault | undefined {
  if (!isObject(recipient)) return undefined
  const unknown = Object.keys(recipient).find((name) => !RECIPIENT_MEMBERS.includes(name))
  if (unknown !== undefined) return { code: 'row-unknown-member', params: { column: `recipient.${unknown}` } }
  const identities = IDENTITIES.filter((name) => recipient[name] !== undefined)
  return identities.length > 1 ? { code: 'row-several-recipients' } : undefined
}

function addColumns(headings: string[], places: Map<string, number>, columns: ListColumn[]): void {
  const added = headings.filter((heading) => !places.has(heading))
  if (added.length === 0) return
  for (const heading of added) places.set(heading, places.size)
  const max = LIMITS.columns
  if (places.size > max) throw new Invalid({ path: '', code: 'list-too-many-columns', params: { max } })
  assertHeadingLengths(added)
  columns.splice(0, columns.length, ...mapColumns([...places.keys()]))
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
