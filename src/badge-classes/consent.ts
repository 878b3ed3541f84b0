import { createHash } from 'node:crypto'
import { textIn } from './localized-text.ts'
import type { RequestForm } from './request-form.ts'

/**
 * What was agreed to, in all its languages.
 * @returns SHA-256 of the canonical JSON (RFC 8785) of the consent, in hexadecimal
 */
export function consentVersion({ consent }: Pick<RequestForm, 'consent'>): string {
  return sha256(JSON.stringify(sorted(consent)))
}

/** @returns SHA-256 of the exact text that the form shows in this language, in hexadecimal */
export function consentTextHash({ consent }: Pick<RequestForm, 'consent'>, language: string): string {
  return sha256(textIn(consent.text, language))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** RFC 8785, section 3.2.3: members by the code units of their names. The database keeps no order of its own. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}
