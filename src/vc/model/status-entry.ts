import type { Json } from '../credential.ts'
import { isObject } from '../members.ts'
import { isUrl, url } from './identifiers.ts'
import { must, object, oneOrMore, type Rule } from './rule.ts'

const purpose = must('model-status-purpose', (value) => typeof value === 'string' && value !== '')
const index = must('model-status-index', (value) => typeof value === 'string' && /^\d+$/.test(value))
const size = must('model-status-size', isSize)

const entry = object(
  {
    statusPurpose: purpose,
    statusListIndex: index,
    statusListCredential: url,
    statusSize: size,
    statusReference: oneOrMore(must('model-url', isUrl)),
  },
  ['statusPurpose', 'statusListIndex', 'statusListCredential'],
)

/** Bitstring Status List 1.0, section 2.1: what an entry of a list holds; entries of other types are not looked at. */
export const statusEntry: Rule = function* (value, path) {
  if (!isObject(value) || ![value.type].flat().includes('BitstringStatusListEntry')) return
  yield* entry(value, path)
  if (value.id !== undefined && value.id === value.statusListCredential)
    yield { path: `${path}/id`, code: 'model-status-id' }
  yield* messages(value, path)
}

/** An entry of more than one bit says what each of its values means. */
function* messages({ statusSize = 1, statusMessage, statusPurpose }: Json, path: string) {
  const at = `${path}/statusMessage`
  const isNeeded = statusPurpose === 'message' || (statusSize as number) > 1
  if (statusMessage === undefined) {
    if (isNeeded) yield { path: at, code: 'model-required' as const }
    return
  }
  const isList = Array.isArray(statusMessage) && statusMessage.length > 0
  if (!isList || !statusMessage.every(isMessage)) yield { path: at, code: 'model-status-messages' as const }
  else if (isSize(statusSize) && statusMessage.length !== 2 ** statusSize)
    yield { path: at, code: 'model-status-messages-count' as const }
}

function isMessage(value: unknown): boolean {
  if (!isObject(value)) return false
  const { status, message } = value
  return typeof status === 'string' && /^0x[0-9a-f]+$/i.test(status) && typeof message === 'string'
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
