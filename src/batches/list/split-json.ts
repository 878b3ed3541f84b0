import { CallerError, Invalid } from '../../errors.ts'
import { LIMITS } from './limits.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** The depth inside `rows`: the document is 1. */
const IN_ROWS = 2

/** One row of the document, or, as the last part, the document with `rows` empty. */
export type JsonPart = { readonly row: Buffer } | { readonly rest: Buffer }

/**
 * Cuts a JSON document `{"rows": [...], ...}` into the bytes of each row and the bytes of all else, and parses
 * neither: quotes and brackets tell where a row ends, and whoever parses the parts sees whether they are JSON.
 * One row is in memory at a time.
 * @throws Invalid or CallerError when the parts cannot be those of a document, or are larger than they may be
 */
export async function* splitJson(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonPart> {
  const splitter = new Splitter()
  for await (const chunk of chunks) yield* splitter.write(chunk)
  yield splitter.end()
}

class Splitter {
  #rest = new Piece(LIMITS.optionsBytes, () => new CallerError(413, 'too-large'))
  #row = new Piece(LIMITS.rowBytes, () => this.#rowTooLong())
  #rows = 0
  #inRows = false
  #rowsSeen = false
  #rowsNext = false
  #depth = 0
  #inText = false
  #escaped = false

  end(): JsonPart {
    if (this.#inRows || this.#inText) throw notJson()
    if (this.#rowsNext) throw notAnArray()
    return { rest: this.#rest.take() }
  }

  *write(chunk: Buffer): Generator<JsonPart> {
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      if (this.#inText) this.#passText(byte)
      else if (byte === QUOTE) {
        this.#inText = true
        if (this.#depth !== 1) continue
        from = this.#keep(chunk, from, i)
        this.#rest.mark()
      } else if (this.#inRows && this.#depth === IN_ROWS && (byte === COMMA || byte === CLOSE_ARRAY)) {
        this.#row.add(chunk.subarray(from, i))
        yield* this.#endRow(byte)
        from = byte === COMMA ? i + 1 : i
      } else if (byte === COLON && this.#depth === 1) {
        from = this.#keep(chunk, from, i)
        this.#readName()
      } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        this.#open()
        if (!this.#rowsNext) continue
        if (byte === OPEN_OBJECT) throw notAnArray()
        from = this.#keep(chunk, from, i + 1)
        this.#rowsNext = false
        this.#inRows = true
      } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
        if (this.#inRows && this.#depth === IN_ROWS) throw notJson()
        this.#depth--
      } else if (byte === COMMA && this.#rowsNext) throw notAnArray()
    }
    const open = this.#inRows ? this.#row : this.#rest
    open.add(chunk.subarray(from))
  }

  #passText(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === BACKSLASH) this.#escaped = true
    else if (byte === QUOTE) this.#inText = false
  }

  #open(): void {
    if (++this.#depth <= LIMITS.depth) return
    throw new Invalid({ path: '', code: 'json-depth', params: { max: LIMITS.depth } })
  }

  #keep(chunk: Buffer, from: number, to: number): number {
    this.#rest.add(chunk.subarray(from, to))
    return to
  }

  #readName(): void {
    if (this.#rowsNext || parseText(this.#rest.sinceMark()) !== 'rows') return
    if (this.#rowsSeen) throw new Invalid({ path: '/rows', code: 'json-duplicate' })
    this.#rowsSeen = true
    this.#rowsNext = true
  }

  *#endRow(byte: number): Generator<JsonPart> {
    const row = this.#row.take()
    if (byte === CLOSE_ARRAY) {
      this.#inRows = false
      // The bracket goes to the rest, where it closes an empty array.
      this.#depth--
      if (this.#rows === 0 && isBlank(row)) return
    }
    this.#rows++
    yield { row }
  }

  #rowTooLong(): Invalid {
    const params = { line: this.#rows + 1, max: LIMITS.rowBytes }
    return new Invalid({ path: '', code: 'list-row-too-long', params })
  }
}

/** Bytes that come in several chunks. */
class Piece {
  #parts: Buffer[] = []
  #mark = 0
  #length = 0
  readonly #max: number
  readonly #tooLong: () => Error

  constructor(max: number, tooLong: () => Error) {
    this.#max = max
    this.#tooLong = tooLong
  }

  add(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#length += bytes.length
    if (this.#length > this.#max) throw this.#tooLong()
    this.#parts.push(bytes)
  }

  /** What is added next begins a text. */
  mark(): void {
    this.#mark = this.#parts.length
  }

  sinceMark(): Buffer {
    return Buffer.concat(this.#parts.slice(this.#mark))
  }

  take(): Buffer {
    const whole = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    this.#parts = []
    this.#length = 0
    return whole
  }
}

function parseText(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    throw notJson()
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09)
}

function notJson(): Invalid {
  return new Invalid({ path: '', code: 'json-syntax' })
}

function notAnArray(): Invalid {
  return new Invalid({ path: '/rows', code: 'list-rows' })
}
