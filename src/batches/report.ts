import { type Options, stringify } from 'csv-stringify/sync'
import { credentialUrl } from '../assertions/credential.ts'
import type { Context } from '../context.ts'
import { FAULTS, type Language, say } from '../messages.ts'
import { type Reader, reasonOf, stateOf } from './present.ts'
import type { Batch } from './queries.ts'
import { currentList, listRows, type Row } from './row-queries.ts'

/** Rows in memory at once. */
const PAGE = 500

/**
 * The list as it was posted, in its own columns and with its own delimiter, and what became of each row.
 * @returns lines of CSV, a few hundred at a time
 */
export async function* reportLines(ctx: Context, batch: Batch, reader: Reader): AsyncGenerator<string> {
  const options: Options = {
    delimiter: batch.delimiter,
    record_delimiter: 'windows',
    // Otherwise a line feed alone would end the row for whoever reads it.
    quoted_match: /[\r\n]/,
  }
  const headings = batch.columns.map(({ heading }) => heading)
  const heading = stringify([[...headings, 'state', 'reason', 'credentialUrl']], options)
  // Spreadsheets need the mark to see that this is UTF-8; only a list in UTF-8 without it did without.
  yield batch.bom ? `\ufeff${heading}` : heading
  for (let afterLine = 0; ; ) {
    const rows = await listRows(ctx.db, currentList(batch), { afterLine, limit: PAGE })
    if (rows.length === 0) return
    yield stringify(
      rows.map((row) => [
        ...headings.map((_, i) => row.cells[i] ?? ''),
        stateOf(row, batch),
        remarkOn(row, reader.language),
        row.credentialId === null ? '' : credentialUrl(reader.publicUrl, row.credentialId),
      ]),
      options,
    )
    afterLine = rows.at(-1)!.line
  }
}

/** Why it was not issued, and what was probably meant. */
function remarkOn(row: Row, language: Language): string {
  const suggestion =
    row.suggestion === null ? undefined : say(FAULTS['row-suggestion'], language, { address: row.suggestion })
  return [reasonOf(row, language), suggestion].filter(Boolean).join(' ; ')
}
