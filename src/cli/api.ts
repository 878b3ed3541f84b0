/** What the command reads of the service's answers; the whole of them is in openapi/openapi.json. */

type RowState =
  | 'ready'
  | 'duplicate'
  | 'already-awarded'
  | 'invalid'
  | 'issued'
  | 'failed'
  | 'cancelled'
  | 'revoked'

type Counts = Readonly<Record<RowState | 'total', number>>

interface Column {
  readonly heading: string
  /** What the service takes the column for; null: the caller's own. */
  readonly field: string | null
}

export interface Row {
  readonly line: number
  readonly state: RowState
  readonly columns: Readonly<Record<string, string>>
  readonly reason?: { readonly message: string }
  readonly suggestion?: string
}

export interface Batch {
  readonly id: string
  readonly status: 'checked' | 'scheduled' | 'running' | 'paused' | 'done' | 'cancelled'
  readonly pauseReason?: { readonly code: string; readonly message: string }
  readonly columns: readonly Column[]
  /** Whoever has an e-mail address is written to. */
  readonly notify: boolean
  /** Why those mails wait. */
  readonly note?: string
  readonly counts: Counts
  readonly problems?: readonly Row[]
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor?: string
}

/** RFC 9457, section 3. */
export interface Problem {
  readonly type?: string
  readonly title?: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
}

export function isOver({ status }: Batch): boolean {
  return status === 'done' || status === 'cancelled'
}
