import type { TSchema } from 'typebox'
import { type Identity, identityOf } from '../../assertions/recipient.ts'
import { type AssertionDetails, NewAssertion } from '../../assertions/schema.ts'
import { Did, Email, FORMATS, HttpUrl } from '../../fields.ts'
import { suggestAddress } from '../../mail/suggest-address.ts'
import type { ListColumn, ListField, ListRow, RowFault } from './list-row.ts'
import { readDate, readEnd } from './read-date.ts'

/** A row as it can be issued, or why it cannot. */
export interface CheckedRow {
  readonly line: number
  readonly cells: readonly string[]
  /** Absent when the row does not say, or not in a form that we take. */
  readonly identity?: Identity
  readonly name?: string
  readonly structure?: string
  /** RFC 3339. */
  readonly awardedDate?: string
  /** RFC 3339. */
  readonly validUntil?: string
  readonly details: Pick<AssertionDetails, 'narrative' | 'evidence'>
  readonly fault?: RowFault
  /** The address that was probably meant. A row that has it and no fault is ready all the same. */
  readonly suggestion?: string
}

/** What is asked of a text by its JSON Schema. */
interface TextRule {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}

type Check = (text: string) => boolean

const { recipient } = NewAssertion.properties
const [LineIdentifier, TypedIdentifier] = recipient.properties.identifier.anyOf
const NAME_LENGTH = (recipient.properties.name as TextRule).maxLength!

const isEmail = checkOf(Email)
const isDid = checkOf(Did)
const isUrl = checkOf(HttpUrl)
const isName = checkOf(recipient.properties.name)
const isNarrative = checkOf(NewAssertion.properties.narrative)
const isLineIdentifier = checkOf(LineIdentifier)
const isType = checkOf(TypedIdentifier.properties.type)
const isTypedValue = checkOf(TypedIdentifier.properties.value)

/** Holds a row of a list to the rules of a single award, so that a row which is ready can be issued. */
export function checkRow(row: ListRow, columns: readonly ListColumn[], now: Date): CheckedRow {
  const { fields } = row
  const awardedDate = fields.awardedDate && readDate(fields.awardedDate, now)
  const validUntil = fields.validUntil && readEnd(fields.validUntil)
  const faultOfWho = faultOfRecipient(row)
  const fault = row.fault ?? faultOfWho ?? faultOfRest(row, columns, { awardedDate, validUntil, now })
  const suggestion = fields.email && suggestAddress(fields.email)
  return {
    line: row.line,
    cells: row.cells,
    ...(faultOfWho || row.fault ? {} : { identity: identityIn(row) }),
    ...(fields.name && isName(fields.name) ? { name: fields.name } : {}),
    ...(fields.structure ? { structure: fields.structure } : {}),
    ...(awardedDate ? { awardedDate } : {}),
    ...(validUntil ? { validUntil } : {}),
    details: {
      ...(fields.narrative ? { narrative: fields.narrative } : {}),
      ...(fields.evidenceUrl ? { evidence: [{ id: fields.evidenceUrl }] } : {}),
    },
    ...(fault ? { fault } : {}),
    ...(suggestion ? { suggestion } : {}),
  }
}

/** The address, where there is one; an identifier beside it is the caller's own. */
function identityIn({ fields: { email, did, identifier } }: ListRow): Identity {
  if (email !== undefined) return identityOf({ email })
  return did !== undefined ? identityOf({ did }) : identityOf({ identifier: identifier! })
}

function faultOfRecipient({ fields }: ListRow): RowFault | undefined {
  const { email, did, identifier } = fields
  if (email !== undefined) return isEmail(email) ? undefined : { code: 'row-email' }
  if (did !== undefined) return isDid(did) ? undefined : { code: 'row-did' }
  if (identifier === undefined) return { code: 'row-no-recipient' }
  return isIdentifier(identifier) ? undefined : { code: 'row-identifier' }
}

function isIdentifier(identifier: NonNullable<ListRow['fields']['identifier']>): boolean {
  if (typeof identifier === 'string') return isLineIdentifier(identifier)
  const { type, value, ...others } = identifier
  if (typeof type !== 'string' || typeof value !== 'string' || Object.keys(others).length > 0) return false
  return isType(type) && isTypedValue(value)
}

interface Dates {
  readonly awardedDate: string | undefined
  readonly validUntil: string | undefined
  readonly now: Date
}

function faultOfRest(
  { fields }: ListRow,
  columns: readonly ListColumn[],
  { awardedDate, validUntil, now }: Dates,
): RowFault | undefined {
  const column = (...found: ListField[]) => ({
    column: columns.find(({ field }) => field !== null && found.includes(field))?.heading ?? found[0]!,
  })
  const tooLong = (field: ListField, text: string | undefined, isValid: Check, max: number) =>
    text && !isValid(text)
      ? ({ code: 'row-too-long', params: { ...column(field), max } } as const)
      : undefined
  if (fields.awardedDate && !awardedDate) return { code: 'row-date', params: column('awardedDate') }
  if (fields.validUntil && !validUntil) return { code: 'row-date', params: column('validUntil') }
  if (awardedDate && new Date(awardedDate) > now) {
    return { code: 'row-in-the-future', params: column('awardedDate') }
  }
  if (validUntil && new Date(validUntil) <= now)
    return { code: 'row-in-the-past', params: column('validUntil') }
  if (fields.evidenceUrl && !isUrl(fields.evidenceUrl))
    return { code: 'row-url', params: column('evidenceUrl') }
  return (
    (fields.name && !isName(fields.name)
      ? { code: 'row-too-long', params: { ...column('name', 'lastName', 'firstName'), max: NAME_LENGTH } }
      : undefined) ??
    tooLong('structure', fields.structure, isName, NAME_LENGTH) ??
    tooLong('narrative', fields.narrative, isNarrative, 10_000)
  )
}

/** The rule of a schema without the validator, which would cost more than all else about a row. */
function checkOf(schema: TSchema): Check {
  const { minLength = 0, maxLength = Infinity, pattern, format } = schema as TextRule
  const matches = pattern === undefined ? undefined : new RegExp(pattern, 'u')
  const hasFormat = format === undefined ? undefined : FORMATS[format]!
  return (text) => {
    // The standard counts characters; those beyond U+FFFF are two in JavaScript.
    const length = text.length <= maxLength ? text.length : [...text].length
    if (length < minLength || length > maxLength) return false
    return (matches?.test(text) ?? true) && (hasFormat?.(text) ?? true)
  }
}
