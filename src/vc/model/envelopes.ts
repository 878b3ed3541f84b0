import { envelopeContexts } from './contexts.ts'
import { faultsOf, type ModelFault, memberOf, must, object, type Rule } from './rule.ts'

const ENVELOPED = ['EnvelopedVerifiableCredential', 'EnvelopedVerifiablePresentation'] as const
type EnvelopedType = (typeof ENVELOPED)[number]

/**
 * What breaks VCDM 2.0, section 4.13, in the object around a secured document: all faults at once.
 * @param type what it envelops: a credential or a presentation
 */
export function envelopeFaults(document: unknown, type: EnvelopedType): ModelFault[] {
  return faultsOf(envelope(type), document)
}

/** Does it say to be one? Its members may still be wrong. */
export function isEnveloped(document: unknown, type: EnvelopedType): boolean {
  return [memberOf(document, 'type')].flat().includes(type)
}

/** VCDM 2.0, section 4.13, the same words for credentials and presentations: @context, id and type are required. */
export function envelope(type: EnvelopedType): Rule {
  return object(
    {
      '@context': envelopeContexts,
      id: must('model-data-url', isDataUrl),
      type: must('model-enveloped-type', (value) => [value].flat().every((one) => one === type)),
    },
    ['@context', 'id', 'type'],
  )
}

// RFC 2397, section 3; a secured document is of no use without its media type.
const HEAD = /^data:[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}(;[\w!#$&^.+-]{1,127}(=[^\s,;]{1,127})?){0,8}$/i

function isDataUrl(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const comma = value.indexOf(',')
  return HEAD.test(value.slice(0, Math.max(comma, 0))) && /^\S+$/.test(value.slice(comma + 1))
}
