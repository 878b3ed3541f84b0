import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../contexts.ts'
import { isObject } from '../members.ts'
import { contexts } from './contexts.ts'
import { party, url } from './identifiers.ts'
import { relatedResources } from './related-resources.ts'
import { all, faultsOf, type ModelFault, memberOf, object, oneOrMore, type Rule } from './rule.ts'
import { statusEntry } from './status-entry.ts'
import { text } from './texts.ts'
import { typed, typedObject, types, typesWith } from './types.ts'
import { dateTime, dateTimeStamp, inOrder } from './validity.ts'

/**
 * What breaks the data model of verifiable credentials in a credential, secured or not: the first twenty faults at
 * once. A credential whose first context is that of 2018 is read as VCDM 1.1, every other one as VCDM 2.0.
 * Each rule names its section; what the terms mean, and what is signed, is for others.
 */
export function modelFaults(credential: unknown): ModelFault[] {
  return faultsOf(credentialRule, credential)
}

/** The same, as a rule for a credential within another document. */
export const credentialRule: Rule = (value, path) =>
  isOfModel1(value) ? CREDENTIAL_1(value, path) : CREDENTIAL_2(value, path)

/** Does the document say that it follows VCDM 1.1 (section 4.1)? */
export function isOfModel1(document: unknown): boolean {
  return [memberOf(document, '@context')].flat()[0] === CREDENTIALS_V1
}

/** Each object says something of its subject, which it may name; reserved members say their type. */
const subjects = (reserved: Readonly<Record<string, Rule>> = {}) =>
  oneOrMore(all(object({ id: url, type: types, ...reserved }), saysSomething))

function* saysSomething(value: unknown, path: string): Iterable<ModelFault> {
  if (isObject(value) && Object.keys(value).length === 0) yield { path, code: 'model-subject-empty' }
}

const CREDENTIAL_TYPES = typesWith('VerifiableCredential', 'model-type-credential')

/** VCDM 2.0, section 5.10: members that others will define, “in or of” a credential. */
const RESERVED = { confidenceMethod: typed(url), renderMethod: typed(url) }

const CREDENTIAL_2 = all(
  object(
    {
      '@context': contexts(CREDENTIALS_V2), // 4.3
      id: url, // 4.4
      type: CREDENTIAL_TYPES, // 4.5
      name: text, // 4.6
      description: text, // 4.6
      issuer: party({ type: types, name: text, description: text }), // 4.7, and 4.6
      credentialSubject: subjects(RESERVED), // 4.8
      validFrom: dateTimeStamp, // 4.9
      validUntil: dateTimeStamp, // 4.9
      credentialStatus: oneOrMore(all(typedObject(url), statusEntry)), // 4.10
      credentialSchema: typed(url, ['id']), // 4.11
      proof: typed(url), // 4.12 (Data Integrity 1.0, section 2.1)
      relatedResource: relatedResources, // 5.3
      refreshService: typed(url), // 5.4
      termsOfUse: typed(url), // 5.5
      evidence: typed(url), // 5.6
      ...RESERVED, // 5.10
    },
    ['@context', 'type', 'issuer', 'credentialSubject'],
  ),
  inOrder, // 4.9
)

// The sections of VCDM 1.1.
const CREDENTIAL_1 = object(
  {
    '@context': contexts(CREDENTIALS_V1), // 4.1
    id: url, // 4.2
    type: CREDENTIAL_TYPES, // 4.3
    credentialSubject: subjects(), // 4.4
    issuer: party({ type: types }), // 4.5
    issuanceDate: dateTime, // 4.6
    proof: typed(url), // 4.7
    expirationDate: dateTime, // 4.8
    credentialStatus: typed(url, ['id']), // 4.9
    credentialSchema: typed(url, ['id']), // 5.4
    refreshService: typed(url, ['id']), // 5.5
    termsOfUse: typed(url), // 5.6
    evidence: typed(url), // 5.7
  },
  ['@context', 'type', 'credentialSubject', 'issuer', 'issuanceDate'],
)
