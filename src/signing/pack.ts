/** Rows on their way to another thread: values that all rows share go once. */
export interface PackedRows {
  /** By column; undefined where the rows differ. */
  readonly shared: readonly (string | undefined)[]
  /** Of each row the values of the other columns. */
  readonly rows: readonly (readonly string[])[]
}

export function packRows(rows: readonly (readonly string[])[]): PackedRows {
  const first = rows[0] ?? []
  const shared = first.map((value, i) => (rows.every((row) => row[i] === value) ? value : undefined))
  return { shared, rows: rows.map((row) => row.filter((_, i) => shared[i] === undefined)) }
}

export function unpackRows({ shared, rows }: PackedRows): string[][] {
  return rows.map((row) => {
    let next = 0
    return shared.map((value) => value ?? row[next++]!)
  })
}
