import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import localize from 'ajv-i18n'
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify'
import type { Static, TSchema } from 'typebox'
import { Invalid } from '../errors.ts'
import { FORMATS } from '../fields.ts'
import { FORMAT_FAULTS, type Language, SCHEMA_FAULTS, say } from '../messages.ts'

// The package's types name the module, not what a default import of CommonJS gives.
const { fr: french } = localize as unknown as { fr(errors: ErrorObject[]): void }

/** More than anyone reads; a body can have a hundred thousand. */
const MAX_FAULTS = 20

/**
 * Bodies are strict: nothing is coerced, unknown members are refused by the schemas. The parts of a URL are
 * text by nature, so their numbers are read from it.
 */
export function registerValidation(app: FastifyInstance): void {
  const strict = makeAjv(false)
  const coercing = makeAjv(true)
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? strict : coercing).compile(schema as object),
  )
  // Exact out: a response schema documents, it never drops or changes a member.
  app.setSerializerCompiler(() => JSON.stringify)
}

function makeAjv(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ coerceTypes, useDefaults: true, allErrors: true, strict: false, discriminator: true })
  addFormats.default(ajv, { mode: 'full' })
  for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check)
  return ajv
}

/**
 * A check by a schema for what does not come as a body of its own: strict, like bodies.
 * @returns a function that gives the value back
 * @throws Invalid, by that function
 */
export function createCheck<T extends TSchema>(schema: T): (value: unknown) => Static<T> {
  const validate = makeAjv(false).compile(schema)
  return (value) => {
    if (validate(value)) return value as Static<T>
    const errors = (validate.errors ?? []) as FastifySchemaValidationError[]
    const inFrench = localizeValidation(errors, 'fr')
    throw new Invalid(
      ...localizeValidation(errors, 'en').map((fault, i) => ({
        path: pathOf(fault),
        code: 'schema' as const,
        params: { en: fault.message ?? '', fr: inFrench[i]?.message ?? '' },
      })),
    )
  }
}

/** JSON Pointer of a fault; a missing or unknown member is named itself, not the object that lacks it. */
export function pathOf(fault: FastifySchemaValidationError): string {
  const { missingProperty, additionalProperty } = fault.params as Record<string, string | undefined>
  const member = missingProperty ?? additionalProperty
  const escaped = member?.replaceAll('~', '~0').replaceAll('/', '~1')
  return escaped === undefined ? fault.instancePath : `${fault.instancePath}/${escaped}`
}

/** The validator's messages in the reader's language. */
export function localizeValidation(
  faults: FastifySchemaValidationError[],
  language: Language,
): FastifySchemaValidationError[] {
  const telling = faults.filter((fault) => !isNoise(fault, faults))
  const errors = telling.slice(0, MAX_FAULTS).map((fault) => ({ ...fault })) as ErrorObject[]
  if (language === 'fr') french(errors)
  for (const error of errors) {
    const text = error.keyword === 'format' ? FORMAT_FAULTS[error.params.format] : ownText(error.keyword)
    const values = (error.params.allowedValues as unknown[] | undefined)?.join(', ')
    if (text) error.message = say(text, language, values === undefined ? {} : { values })
  }
  return errors as FastifySchemaValidationError[]
}

/** Of a member that may be one thing or another: that it is none of them, or not null, where more is known. */
function isNoise(fault: FastifySchemaValidationError, faults: FastifySchemaValidationError[]): boolean {
  const { schemaPath } = fault as { schemaPath?: string }
  const isNull = (one: FastifySchemaValidationError) => one.keyword === 'type' && one.params.type === 'null'
  const alternatives = fault.keyword === 'anyOf' ? schemaPath : schemaPath?.replace(/\/\d+\/type$/, '')
  if (!alternatives?.endsWith('/anyOf') || (fault.keyword !== 'anyOf' && !isNull(fault))) return false
  return faults.some(
    (one) => (one as { schemaPath?: string }).schemaPath?.startsWith(`${alternatives}/`) && !isNull(one),
  )
}

function ownText(keyword: string) {
  return keyword in SCHEMA_FAULTS ? SCHEMA_FAULTS[keyword as keyof typeof SCHEMA_FAULTS] : undefined
}
