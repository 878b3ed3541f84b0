import { visit } from 'jsonc-parser'
import { type Fault, Invalid } from './errors.ts'

const MAX_DEPTH = 32
const MAX_FAULTS = 20

/**
 * JSON as our API takes it: UTF-8, no member twice, text in NFC without control characters or halves of
 * characters. A foreign document keeps its text as it was signed; only what no JSON-LD can hold is refused.
 * @throws Invalid with every fault and its JSON Pointer
 */
export function parseJson(bytes: Uint8Array, { foreign = false } = {}): unknown {
  const text = decodeUtf8(bytes)
  const value = parse(text)
  const faults: Fault[] = []
  const clean = cleanValue(value, '', { depth: 0, foreign, faults })
  if (faults.length === 0) findAmbiguities(text, faults)
  if (faults.length > 0) throw new Invalid(...faults.slice(0, MAX_FAULTS))
  return clean
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Invalid({ path: '', code: 'not-utf8' })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Invalid({ path: '', code: 'json-syntax' })
  }
}

interface Walk {
  readonly depth: number
  readonly foreign: boolean
  readonly faults: Fault[]
}

/** A copy with every text in NFC; faults are collected, not thrown. */
function cleanValue(value: unknown, path: string, walk: Walk): unknown {
  // A linked-data processor would take it for the name of a node, and find the prototype of every object.
  if (value === '__proto__') walk.faults.push({ path, code: 'json-key' })
  if (typeof value === 'string') return cleanText(value, path, walk)
  if (typeof value !== 'object' || value === null) return value
  if (walk.depth >= MAX_DEPTH) throw new Invalid({ path, code: 'json-depth', params: { max: MAX_DEPTH } })
  const inside = { ...walk, depth: walk.depth + 1 }
  if (Array.isArray(value)) return value.map((item, i) => cleanValue(item, `${path}/${i}`, inside))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const at = `${path}/${pointerOf(name)}`
      // A text made of an object asks for the one, and finds no function in the other.
      if (name === '__proto__' || name === 'toString') walk.faults.push({ path: at, code: 'json-key' })
      return [cleanText(name, at, walk), cleanValue(member, at, inside)]
    }),
  )
}

function cleanText(text: string, path: string, { foreign, faults }: Walk): string {
  faults.push(...textFaults(text, path, foreign ? FOREIGN_CONTROLS : CONTROLS))
  return foreign ? text : toNfc(text)
}

// More than any language stacks on a letter (UAX 15, section 13, Stream-Safe Text Format).
const MARKS = /\p{M}{31}/u

/** NFC; a longer stack of marks stays as it is, because sorting it takes the square of its length. */
export function toNfc(text: string): string {
  return MARKS.test(text) ? text : text.normalize('NFC')
}

// Tab and line ends are the only control characters that text needs.
const CONTROLS = /(?![\t\n\r])\p{Cc}/u
const FOREIGN_CONTROLS = /\0/

/** What a text may not hold: control characters, halves of characters, and marks without end where it is ours. */
export function textFaults(text: string, path: string, controls = CONTROLS): Fault[] {
  const faults: Fault[] = []
  const control = controls.exec(text)
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()
    faults.push({ path, code: 'control-character', params: { code } })
  }
  if (!text.isWellFormed()) faults.push({ path, code: 'surrogate' })
  if (controls === CONTROLS && MARKS.test(text)) faults.push({ path, code: 'marks' })
  return faults
}

/**
 * What another reader would read as something else (RFC 7493, sections 2.2 and 2.3). JSON.parse keeps the last of two
 * members with one name, so a reader of the first would see another value; and it rounds a number that no double holds.
 */
function findAmbiguities(text: string, faults: Fault[]): void {
  const objects: Set<string>[] = []
  visit(text, {
    onObjectBegin: () => void objects.push(new Set()),
    onObjectEnd: () => void objects.pop(),
    onObjectProperty: (name, _offset, _length, _line, _column, pathTo) => {
      const seen = objects.at(-1)!
      const key = toNfc(name)
      if (seen.has(key)) faults.push({ path: pathOf([...pathTo(), name]), code: 'json-duplicate' })
      seen.add(key)
    },
    onLiteralValue: (value, offset, length, _line, _column, pathTo) => {
      if (typeof value === 'number' && !isExact(value, text.slice(offset, offset + length)))
        faults.push({ path: pathOf(pathTo()), code: 'json-number' })
    },
  })
}

function pathOf(parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${pointerOf(String(part))}`).join('')
}

/** Whole numbers are kept to the last digit, and no other becomes nothing or endless. */
function isExact(value: number, written: string): boolean {
  if (/^-?\d+$/.test(written)) return Number.isSafeInteger(value)
  return Number.isFinite(value) && (value !== 0 || !/^[^eE]*[1-9]/.test(written))
}

/** RFC 6901, section 3; what a terminal or a log could choke on is left out of a path. */
export function pointerOf(name: string): string {
  return name
    .slice(0, 100)
    .replace(/\p{Cc}/gu, '\ufffd')
    .toWellFormed()
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
}
