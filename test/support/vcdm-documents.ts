import type { ModelCode } from '../../src/model-messages.ts'

export const V2 = 'https://www.w3.org/ns/credentials/v2'
export const V1 = 'https://www.w3.org/2018/credentials/v1'
/** Gives every term a meaning, as the examples of the standard need it. */
export const EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2'

// biome-ignore lint/suspicious/noExplicitAny: documents that break every rule
export type Document = Record<string, any>
type Fault = readonly [path: string, code: ModelCode]

/** One requirement of the data model, with documents that meet it and others that do not. */
export interface ModelCase {
  /** The requirement, with its section. */
  readonly title: string
  readonly kind: 'credential' | 'presentation'
  readonly good: readonly Document[]
  readonly bad: readonly (readonly [document: Document, ...faults: Fault[]])[]
}

/** A credential of VCDM 2.0. */
export function credential(changes: Document = {}): Document {
  return changed(
    {
      '@context': [V2, EXAMPLES_V2],
      id: 'urn:uuid:9f2d5a9e-3c52-4d59-8f0c-5e6b5c3a1f10',
      type: ['VerifiableCredential', 'ExampleDegreeCredential'],
      issuer: 'did:example:issuer',
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:subject', alumniOf: 'Example University' },
    },
    changes,
  )
}

/** A credential of VCDM 1.1. */
export function credential1(changes: Document = {}): Document {
  return changed(
    {
      '@context': [V1, 'https://www.w3.org/2018/credentials/examples/v1'],
      id: 'urn:uuid:9f2d5a9e-3c52-4d59-8f0c-5e6b5c3a1f11',
      type: ['VerifiableCredential', 'UniversityDegreeCredential'],
      issuer: 'did:example:issuer',
      issuanceDate: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:subject', degree: { type: 'BachelorDegree', name: 'Arts' } },
    },
    changes,
  )
}

/** A presentation of VCDM 2.0 with one credential. */
export function presentation(changes: Document = {}): Document {
  return changed(
    {
      '@context': [V2, EXAMPLES_V2],
      type: ['VerifiablePresentation', 'ExamplePresentation'],
      verifiableCredential: [secured()],
    },
    changes,
  )
}

/** A credential with a proof: what the proof says is not the model's business. */
export function secured(changes: Document = {}): Document {
  return credential({ proof: { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }, ...changes })
}

export function envelope(changes: Document = {}): Document {
  return changed(
    {
      '@context': V2,
      id: 'data:application/vc+jwt,eyJhbGciOiJFZERTQSJ9.e30.AA',
      type: 'EnvelopedVerifiableCredential',
    },
    changes,
  )
}

/** A document with changes; `undefined` takes a member away. */
export function changed(document: Document, changes: Document): Document {
  const members = Object.entries({ ...document, ...changes }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(members)
}
