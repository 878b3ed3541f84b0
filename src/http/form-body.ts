import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CallerError, type Fault, Invalid } from '../errors.ts'
import { pointerOf, textFaults, toNfc } from '../json.ts'

const MAX_FIELDS = 200
const MAX_FAULTS = 20

/**
 * Lets the routes of this scope take what a form of a page sends (application/x-www-form-urlencoded; WHATWG URL,
 * section 5.1), by the same rules of text as JSON. Everywhere else it stays refused.
 */
export function registerForms(app: FastifyInstance): void {
  app.decorateRequest('form')
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      request.form = parseForm(bytes)
      return undefined
    },
  )
}

/** A `preValidation`: makes the body that JSON would have been of the fields of a form. */
export function fromForm(toBody: (form: ReadonlyMap<string, string>) => object) {
  return async (request: FastifyRequest): Promise<void> => {
    if (request.form) request.body = toBody(request.form)
  }
}

/** @throws Invalid with every fault; CallerError 413 for more fields than any page has */
function parseForm(bytes: Buffer): Map<string, string> {
  const form = new Map<string, string>()
  const faults: Fault[] = []
  const pairs = bytes.toString('latin1').split('&', MAX_FIELDS + 1)
  if (pairs.length > MAX_FIELDS) throw new CallerError(413, 'too-large')
  for (const pair of pairs.filter(Boolean)) {
    const equals = `${pair}=`.indexOf('=')
    const name = decode(pair.slice(0, equals))
    const value = decode(pair.slice(equals + 1)).trim()
    const path = `/${pointerOf(name)}`
    faults.push(...textFaults(name, path), ...textFaults(value, path))
    if (form.has(name)) faults.push({ path, code: 'json-duplicate' })
    form.set(name, value)
  }
  if (faults.length > 0) throw new Invalid(...faults.slice(0, MAX_FAULTS))
  return form
}

/** Percent-decoding, then strict UTF-8. Lines end as in JSON, not as forms send them. @throws Invalid */
function decode(text: string): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(bytes, 'latin1'),
    )
    return toNfc(decoded.replaceAll('\r\n', '\n'))
  } catch {
    throw new Invalid({ path: '', code: 'not-utf8' })
  }
}
