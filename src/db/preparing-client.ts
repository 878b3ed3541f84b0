import { createHash } from 'node:crypto'
import pg from 'pg'

/** A statement that a connection runs for this many times is worth a plan of its own. */
const THRESHOLD = 5
/** What has a plan; BEGIN and COMMIT have none. */
const PLANNED = /^\s*(?:select|insert|update|delete|with)\b/i
/** Plans that a connection keeps. */
const MOST = 100

/**
 * A connection that has the server keep the plans of statements that come again and again, as the JDBC driver
 * does: to plan a statement for five rows takes longer than to run it.
 */
export class PreparingClient extends pg.Client {
  readonly #runs = new Map<string, number>()
  readonly #names = new Map<string, string>()

  // biome-ignore lint/suspicious/noExplicitAny: the driver's method has a dozen forms
  override query(first: any, ...rest: any[]): any {
    const { text, name } = (first ?? {}) as { text?: string; name?: string }
    const isPlain = text !== undefined && name === undefined && typeof first.submit !== 'function'
    if (isPlain && PLANNED.test(text)) {
      const known = this.#nameOf(text)
      if (known) return super.query({ ...first, name: known }, ...rest)
    }
    return super.query(first, ...rest)
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known || this.#names.size >= MOST) return known
    const runs = (this.#runs.get(text) ?? 0) + 1
    // Texts that never come again must not pile up.
    if (this.#runs.size >= 10 * MOST) this.#runs.clear()
    this.#runs.set(text, runs)
    if (runs < THRESHOLD) return undefined
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    this.#names.set(text, name)
    return name
  }
}
