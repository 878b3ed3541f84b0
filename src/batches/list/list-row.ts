import type { NewAssertion } from '../../assertions/schema.ts'
import type { FaultCode, Params } from '../../messages.ts'

/** What a column can hold for us; `firstName` and `lastName` make the name. */
export type ListField =
  | 'email'
  | 'did'
  | 'identifier'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'structure'
  | 'awardedDate'
  | 'validUntil'
  | 'narrative'
  | 'evidenceUrl'

/** A column of the list, and what we read in it: null is a column of the caller's own. */
export interface ListColumn {
  readonly heading: string
  readonly field: ListField | null
}

/** Why one row cannot be issued. */
export interface RowFault {
  readonly code: FaultCode
  readonly params?: Params
}

/** What a row says, as it says it: an absent member is an empty cell. */
export interface RowFields {
  email?: string
  did?: string
  identifier?: NonNullable<NewAssertion['recipient']['identifier']>
  name?: string
  structure?: string
  awardedDate?: string
  validUntil?: string
  narrative?: string
  evidenceUrl?: string
}

export interface ListRow {
  /** CSV: the line of the file where the row begins, the first being 1. JSON: the place in `rows`, from 1. */
  readonly line: number
  /** In the order of the columns that are known so far; text that nothing can hold stands as U+FFFD. */
  readonly cells: readonly string[]
  readonly fields: Readonly<RowFields>
  readonly fault?: RowFault
}
