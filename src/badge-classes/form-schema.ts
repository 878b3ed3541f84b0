import { UUID_PATTERN } from '../fields.ts'
import type { Json } from '../vc/credential.ts'
import { labelsIn } from './form-labels.ts'
import { textIn } from './localized-text.ts'
import { optionsOf } from './option.ts'
import type { Question, RequestForm } from './request-form.ts'

/**
 * What `PATCH /requests/{id}` has to hold, all in all, before a request can be submitted.
 * @returns a JSON Schema (2020-12), its titles in the language
 */
export function submissionSchema(form: RequestForm, language: string): Json {
  const labels = labelsIn(language)
  const questions = form.questions.map((question) => [question.id, schemaOf(question, language)])
  const required = form.questions.filter((question) => question.required).map(({ id }) => id)
  const asked = {
    name: { ...TEXT, maxLength: 300, title: labels.name },
    email: { ...EMAIL, title: labels.email, description: labels.emailHelp },
    ...(form.askStructure ? { structure: structureSchema(labels) } : {}),
    ...(form.askReferent ? { referent: referentSchema(labels) } : {}),
    ...(form.questions.length > 0
      ? { answers: closed(Object.fromEntries(questions), required, labels.answers) }
      : {}),
    consent: { const: true, title: labels.consent },
  }
  const optional = {
    language: { enum: ['fr', 'en'] },
    channel: { ...TEXT, maxLength: 50 },
    sharedEvidence: { type: 'array', items: { type: 'string', pattern: `^${UUID_PATTERN}$` } },
  }
  const mayBeAbsent = required.length === 0 ? ['answers'] : []
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...closed(
      { ...asked, ...optional },
      Object.keys(asked).filter((name) => !mayBeAbsent.includes(name)),
    ),
  }
}

const TEXT = { type: 'string', minLength: 1, pattern: '\\S' }
const EMAIL = { type: 'string', format: 'email', maxLength: 254 }

function closed(properties: Json, required: string[], title?: string): Json {
  return {
    type: 'object',
    ...(title === undefined ? {} : { title }),
    properties,
    required,
    additionalProperties: false,
  }
}

function structureSchema(labels: ReturnType<typeof labelsIn>): Json {
  const members = {
    name: { ...TEXT, maxLength: 300, title: labels.structureName },
    siret: { type: 'string', pattern: '^\\d{14}$', title: labels.siret },
  }
  return closed(members, ['name'], labels.structure)
}

function referentSchema(labels: ReturnType<typeof labelsIn>): Json {
  const members = {
    name: { ...TEXT, maxLength: 300, title: labels.referentName },
    email: { ...EMAIL, title: labels.referentEmail },
  }
  return { ...closed(members, ['name'], labels.referent), description: labels.referentHelp }
}

function schemaOf(question: Question, language: string): Json {
  const { label, help } = question
  return {
    title: textIn(label, language),
    ...(help === undefined ? {} : { description: textIn(help, language) }),
    ...valuesOf(question, language),
  }
}

function valuesOf(question: Question, language: string): Json {
  const { kind, required, maxLength = 10_000 } = question
  switch (kind) {
    case 'yesno':
      return { type: 'boolean' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'url':
      return { type: 'string', format: 'uri', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://', maxLength: 2048 }
    case 'choice':
      return {
        type: 'string',
        oneOf: optionsOf(question).map(({ id, label }) => ({ const: id, title: textIn(label, language) })),
      }
    case 'text':
      return { ...(required ? TEXT : { type: 'string' }), maxLength }
  }
}
