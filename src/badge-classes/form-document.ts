import { type Static, Type } from 'typebox'
import { Closed, DateTime, HttpUrl, Uuid } from '../fields.ts'
import { consentTextHash, consentVersion } from './consent.ts'
import { EVIDENCE_TYPES, MAX_EVIDENCE_BYTES } from './evidence-types.ts'
import { formIsOpen } from './form-is-open.ts'
import { labelsIn } from './form-labels.ts'
import { submissionSchema } from './form-schema.ts'
import { baseOf, type LocalizedText, textIn } from './localized-text.ts'
import { optionsOf } from './option.ts'
import { achievementUrl, type BadgeClassAtVersion } from './queries.ts'
import { RequestForm } from './request-form.ts'

const { decision, draftDays, retentionDays } = RequestForm.properties

const Field = Closed({
  path: Type.String({ description: 'Where its value goes: a JSON Pointer into the body of PATCH' }),
  kind: Type.Enum(['text', 'email', 'choice', 'yesno', 'date', 'url', 'structure', 'referent']),
  label: Type.String(),
  help: Type.Optional(Type.String()),
  required: Type.Boolean(),
  maxLength: Type.Optional(Type.Integer()),
  options: Type.Optional(Type.Array(Closed({ id: Type.String(), label: Type.String() }))),
})

const Slot = Closed({
  id: Type.String(),
  label: Type.String(),
  help: Type.Optional(Type.String()),
  required: Type.Boolean(),
  accept: Type.Array(Type.String(), { description: 'Media types' }),
  maxFiles: Type.Integer(),
  maxBytes: Type.Integer({ description: 'Of each file' }),
})

/** A request form for whoever draws it, in one language. */
export const FormDocument = Closed({
  badgeClass: Uuid,
  version: Type.Integer({ minimum: 1 }),
  name: Type.String(),
  description: Type.String(),
  language: Type.String(),
  languages: Type.Array(Type.String(), { description: 'What it can be had in' }),
  open: Type.Boolean({ description: 'Can one ask for the badge now?' }),
  opensAt: Type.Optional(DateTime),
  closesAt: Type.Optional(DateTime),
  decision,
  contact: Type.Optional(Type.String()),
  evidenceExamples: Type.Optional(Type.Array(Type.String())),
  schema: Type.Object(
    {},
    { additionalProperties: true, description: 'A JSON Schema (2020-12) of what is to be filled in' },
  ),
  fields: Type.Array(Field, { description: 'The same in the order of the form' }),
  evidence: Type.Array(Slot),
  consent: Closed({
    label: Type.String(),
    text: Type.String(),
    url: Type.Optional(HttpUrl),
    version: Type.String({ description: 'Of the text in all its languages' }),
    textHash: Type.String({ description: 'SHA-256 of this text' }),
  }),
  draftDays,
  retentionDays,
  submitTo: HttpUrl,
})
export type FormDocument = Static<typeof FormDocument>

type Field = Static<typeof Field>

/** The languages of a form, the badge's own first: those of its texts, and French and English. */
export function languagesOf({ version: { content } }: BadgeClassAtVersion): string[] {
  const form = content.requestForm
  const texts = form ? [form.consent.text, ...form.questions.map(({ label }) => label)] : []
  const tags = texts.flatMap((text) => (typeof text === 'string' ? [] : Object.keys(text)))
  return [...new Set([baseOf(content.language ?? 'fr'), 'fr', 'en', ...tags])]
}

/** @param language one of `languagesOf` */
export function formDocument(
  found: BadgeClassAtVersion,
  form: RequestForm,
  { language, now, publicUrl }: { language: string; now: Date; publicUrl: string },
): FormDocument {
  const { content, version, badgeClassId } = found.version
  const { opensAt, closesAt, contact, evidenceExamples, consent } = form
  const say = (text: LocalizedText) => textIn(text, language, content.language)
  return {
    badgeClass: badgeClassId,
    version,
    name: content.name,
    description: content.description,
    language,
    languages: languagesOf(found),
    open: formIsOpen(form, now),
    ...(opensAt === undefined ? {} : { opensAt }),
    ...(closesAt === undefined ? {} : { closesAt }),
    decision: form.decision,
    ...(contact === undefined ? {} : { contact }),
    ...(evidenceExamples === undefined ? {} : { evidenceExamples: evidenceExamples.map(say) }),
    schema: submissionSchema(form, language),
    fields: fieldsOf(form, language, say),
    evidence: form.evidence.map(({ id, label, help, required = false, accept, maxFiles = 1 }) => ({
      id,
      label: say(label),
      ...(help === undefined ? {} : { help: say(help) }),
      required,
      accept: accept ?? [...EVIDENCE_TYPES],
      maxFiles,
      maxBytes: MAX_EVIDENCE_BYTES,
    })),
    consent: {
      label: labelsIn(language).consent,
      text: textIn(consent.text, language),
      ...(consent.url === undefined ? {} : { url: consent.url }),
      version: consentVersion(form),
      textHash: consentTextHash(form, language),
    },
    draftDays: form.draftDays,
    retentionDays: form.retentionDays,
    submitTo: `${achievementUrl(publicUrl, badgeClassId)}/requests`,
  }
}

function fieldsOf(form: RequestForm, language: string, say: (text: LocalizedText) => string): Field[] {
  const labels = labelsIn(language)
  const required = true
  return [
    { path: '/name', kind: 'text', label: labels.name, required },
    { path: '/email', kind: 'email', label: labels.email, help: labels.emailHelp, required },
    ...form.questions.map((question) => ({
      path: `/answers/${question.id}`,
      kind: question.kind,
      label: say(question.label),
      ...(question.help === undefined ? {} : { help: say(question.help) }),
      required: question.required ?? false,
      ...(question.maxLength === undefined ? {} : { maxLength: question.maxLength }),
      ...(question.options
        ? { options: optionsOf(question).map(({ id, label }) => ({ id, label: say(label) })) }
        : {}),
    })),
    ...(form.askStructure
      ? [{ path: '/structure', kind: 'structure' as const, label: labels.structure, required }]
      : []),
    ...(form.askReferent
      ? [
          {
            path: '/referent',
            kind: 'referent' as const,
            label: labels.referent,
            help: labels.referentHelp,
            required,
          },
        ]
      : []),
  ]
}
