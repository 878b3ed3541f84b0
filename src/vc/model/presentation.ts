import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../contexts.ts'
import { isObject } from '../members.ts'
import { contexts } from './contexts.ts'
import { credentialRule, isOfModel1 } from './credential.ts'
import { envelope, isEnveloped } from './envelopes.ts'
import { party, url } from './identifiers.ts'
import { all, faultsOf, type ModelFault, memberOf, object, type Rule } from './rule.ts'
import { typed, types, typesWith } from './types.ts'

/**
 * What breaks the data model of verifiable credentials in a presentation, and in the credentials within it: the first
 * twenty faults at once. Each credential is read by the version of its own first context.
 */
export function presentationFaults(presentation: unknown): ModelFault[] {
  return faultsOf(presentationRule, presentation)
}

const presentationRule: Rule = (value, path) => {
  if (isEnveloped(value, 'EnvelopedVerifiablePresentation')) return ENVELOPE(value, path)
  return isOfModel1(value) ? PRESENTATION_1(value, path) : PRESENTATION_2(value, path)
}

const ENVELOPE = envelope('EnvelopedVerifiablePresentation')
const PRESENTATION_TYPES = typesWith('VerifiablePresentation', 'model-type-presentation')

/**
 * VCDM 2.0, section 4.13: credentials and enveloped credentials, objects all of them. A list may be empty here,
 * though “one or more” are asked for: wallets, and the W3C's own tests, present themselves with an empty one.
 */
function* credentials(value: unknown, path: string): Iterable<ModelFault> {
  if (!Array.isArray(value)) return yield* oneCredential(value, path)
  for (const [index, item] of value.entries()) yield* oneCredential(item, `${path}/${index}`)
}

const ENVELOPED_CREDENTIAL = envelope('EnvelopedVerifiableCredential')
const oneCredential: Rule = (value, path) =>
  isEnveloped(value, 'EnvelopedVerifiableCredential')
    ? ENVELOPED_CREDENTIAL(value, path)
    : credentialRule(value, path)

/**
 * VCDM 2.0, section 4.13 (Presentations Including Holder Claims): a credential that only the presentation's proof
 * secures is the holder's own word, so there is a holder and the issuer is the same.
 */
function* selfAsserted(presentation: unknown, path: string): Iterable<ModelFault> {
  if (!isObject(presentation)) return
  const { verifiableCredential, holder } = presentation
  const isList = Array.isArray(verifiableCredential)
  const unsecured = [...[verifiableCredential].flat().entries()].filter(
    ([, one]) =>
      isObject(one) && one.proof === undefined && !isEnveloped(one, 'EnvelopedVerifiableCredential'),
  )
  if (unsecured.length === 0) return
  if (holder === undefined) return yield { path: `${path}/holder`, code: 'model-holder-missing' }
  for (const [index, one] of unsecured) {
    const at = `${path}/verifiableCredential${isList ? `/${index}` : ''}/issuer`
    if (idOf(memberOf(one, 'issuer')) !== idOf(holder)) yield { path: at, code: 'model-holder-other' }
  }
}

function idOf(party: unknown): unknown {
  return isObject(party) ? party.id : party
}

const PRESENTATION_2 = all(
  object(
    {
      '@context': contexts(CREDENTIALS_V2), // 4.3
      id: url, // 4.4 and 4.13
      type: PRESENTATION_TYPES, // 4.5 and 4.13
      verifiableCredential: credentials, // 4.13
      holder: party({ type: types }), // 4.13
      proof: typed(url), // 4.12
      refreshService: typed(url), // 5.4
      termsOfUse: typed(url), // 5.5
    },
    ['@context', 'type'],
  ),
  selfAsserted, // 4.13
)

// The sections of VCDM 1.1. A credential in a token is no object, and is not taken here.
const PRESENTATION_1 = object(
  {
    '@context': contexts(CREDENTIALS_V1), // 4.1
    id: url, // 4.2 and 4.10
    type: PRESENTATION_TYPES, // 4.3 and 4.10
    verifiableCredential: credentials, // 4.10
    holder: party({ type: types }), // 4.10
    proof: typed(url), // 4.7
    refreshService: typed(url, ['id']), // 5.5
    termsOfUse: typed(url), // 5.6
  },
  ['@context', 'type'],
)
