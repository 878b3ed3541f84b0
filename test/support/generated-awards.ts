import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { type Award, buildCredential, credentialBase } from '../../src/assertions/credential.ts'
import type { BadgeContent } from '../../src/badge-classes/schema.ts'
import type { IssuerRow } from '../../src/issuers/queries.ts'
import type { Json, UnsignedCredential } from '../../src/vc/credential.ts'
import { type Constants, type Layout, layoutOf, NO_CONSTANTS, valuesOf } from '../../src/vc/engine/layout.ts'
import { generateKeyPair, privateKeyFrom, type SigningKey } from '../../src/vc/keys.ts'
import { FULLEST_AWARD, FULLEST_BADGE, PLAINEST_BADGE } from './everything.ts'
import { HOSTILE_IRIS, HOSTILE_TIMES, hostileText, ordinaryIri, ordinaryTime } from './hostile-values.ts'

const PUBLIC_URL = 'https://badges.example'
const PAST = new Date('2024-02-29T10:00:00Z')

/** A key and the DID that holds it. */
export function newSigner(did?: string): SigningKey {
  const { publicKeyMultibase, privateJwk } = generateKeyPair('Ed25519')
  const controller = did ?? `did:key:${publicKeyMultibase}`
  const id = `${controller}#${publicKeyMultibase}`
  return { id, controller, algorithm: 'Ed25519', privateKey: privateKeyFrom(privateJwk) }
}

/** Credentials with the same optional members. */
export interface Form {
  readonly name: string
  readonly credential: UnsignedCredential
  readonly layout: Layout
  /** Those of `credential`. */
  readonly values: string[]
  constantsOf(document: Json): Constants
}

export interface FormOptions {
  readonly content?: BadgeContent
  readonly issuer?: Partial<IssuerRow>
  readonly award?: Partial<Award>
  /** Are issuer and achievement told to be constant, as in production, or is each of their texts a slot? */
  readonly hasConstants?: boolean
}

/** A form as `buildCredential` makes it. */
export function makeForm(name: string, controller: string, options: FormOptions): Form {
  const base = credentialBase(
    issuerRow(controller, options.issuer ?? {}),
    badgeRow(options.content ?? (PLAINEST_BADGE as BadgeContent), options.issuer ? 'logo.png' : null),
    PUBLIC_URL,
  )
  const credential = buildCredential(base, {
    credentialId: randomUUID(),
    identity: { type: 'emailAddress', value: 'aicha@example.org' },
    recipientName: 'Aïcha Benhaddou',
    validity: { validFrom: PAST, validUntil: null, awardedAt: PAST },
    details: {},
    status: { listId: randomUUID(), index: 94_567 },
    ...options.award,
  })
  const constantsOf = ({ issuer, credentialSubject }: Json): Constants =>
    options.hasConstants
      ? { key: name, parts: new Set([issuer, (credentialSubject as Json).achievement]) }
      : NO_CONSTANTS
  const { key, values } = valuesOf(credential, constantsOf(credential))
  return { name, credential, values, constantsOf, layout: layoutOf(credential, constantsOf(credential), key) }
}

const FULLEST: FormOptions = {
  content: FULLEST_BADGE as unknown as BadgeContent,
  issuer: { email: 'badges@siae.example', description: 'Réseau', image: 'issuer.png' },
  award: {
    validity: { validFrom: PAST, validUntil: new Date('2099-12-31T23:59:59Z'), awardedAt: PAST },
    details: {
      discloseName: true,
      narrative: FULLEST_AWARD.narrative,
      evidence: FULLEST_AWARD.evidence,
      results: FULLEST_AWARD.results as NonNullable<Award['details']['results']>,
      activityStartDate: '2024-02-01T09:00:00+01:00',
      activityEndDate: '2024-02-29T10:00:00Z',
    },
  },
}

/** A credential in which every optional member is given. */
export function fullestForm(controller: string, hasConstants: boolean): Form {
  return makeForm(`fullest${hasConstants ? ' with constants' : ''}`, controller, { ...FULLEST, hasConstants })
}

/** Every optional member is given in one of them and missing in another. */
export function makeForms(controller: string): Form[] {
  const forms: Record<string, FormOptions> = {
    plainest: {},
    'to a DID': { award: { identity: { type: 'did', value: 'did:web:aicha.example' } } },
    'with a name': { award: { details: { discloseName: true } } },
    'with a narrative and an end': {
      award: {
        details: { narrative: 'A tenu' },
        validity: { validFrom: PAST, validUntil: new Date('2199-01-01T00:00:00Z'), awardedAt: PAST },
      },
    },
    'with evidence at addresses': {
      award: {
        details: { evidence: [{ id: 'https://e.example/1' }, { id: 'https://e.example/2', name: 'E' }] },
      },
    },
    'with evidence of the same kind': {
      award: {
        identity: { type: 'did', value: 'did:web:aicha.example' },
        details: {
          evidence: [
            { narrative: 'a', name: 'a' },
            { narrative: 'b', name: 'b' },
            { name: 'c', narrative: 'c' },
            { genre: 'd', audience: 'd' },
          ],
        },
      },
    },
    'with results': {
      content: { ...PLAINEST_BADGE, tags: ['un', 'deux', 'trois'] } as BadgeContent,
      award: {
        details: {
          results: [
            { resultDescription: 'score', value: '1' },
            { resultDescription: 'autre', value: '2' },
            { resultDescription: 'etat', status: 'Completed', achievedLevel: 'niveau' },
          ],
        },
      },
    },
    'of an event': {
      issuer: { description: 'Réseau' },
      award: {
        details: {
          activityStartDate: '2026-10-15T09:00:00Z',
          activityEndDate: '2026-10-15T10:00:00Z',
          evidence: [
            { id: 'https://e.example/1', name: 'Forum', description: 'Toulouse', genre: 'Événement' },
          ],
        },
      },
    },
  }
  const made = Object.entries(forms).map(([name, options]) => makeForm(name, controller, options))
  const alsoWithConstants = ['plainest', 'of an event'].map((name) =>
    makeForm(`${name} with constants`, controller, { ...forms[name], hasConstants: true }),
  )
  return [...made, ...alsoWithConstants, fullestForm(controller, false), fullestForm(controller, true)]
}

/** `ordinary`: the fast path must take it. `coinciding`: equal ids and equal nodes. `hostile`: odd ids, times. */
type Temper = 'ordinary' | 'coinciding' | 'hostile'

export interface Row {
  readonly form: Form
  readonly temper: Temper
  readonly values: string[]
}

/** Values for the slots of one of the forms. */
export function rows(forms: readonly Form[]): fc.Arbitrary<Row> {
  // The fullest costs the library most.
  const some = fc.oneof(
    ...forms.map((form) => ({ weight: form.values.length > 40 ? 1 : 6, arbitrary: fc.constant(form) })),
  )
  return some.chain((form) =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: ordinaryValues(form).map((values) => ({ form, temper: 'ordinary' as const, values })),
      },
      {
        weight: 3,
        arbitrary: coincidingValues(form).map((values) => ({ form, temper: 'coinciding' as const, values })),
      },
      {
        weight: 1,
        arbitrary: hostileValues(form).map((values) => ({ form, temper: 'hostile' as const, values })),
      },
    ),
  )
}

/** Each id is its own, and each text, so that no two blank nodes are alike; the issuer stays. */
function ordinaryValues({ layout, values }: Form): fc.Arbitrary<string[]> {
  return fc.tuple(
    ...layout.slots.map(({ path, kind }, i) => {
      if (path.join('/') === 'issuer/id') return fc.constant(values[i]!)
      if (kind === 'iri') return ordinaryIri(i)
      if (kind === 'text') return hostileText.map((text) => `${text}${i}`)
      return path[0] === 'validUntil'
        ? ordinaryTime('2100-01-01', '9999-12-31')
        : ordinaryTime('1900-01-01', '2099-12-31')
    }),
  )
}

function coincidingValues(form: Form): fc.Arbitrary<string[]> {
  const iris = form.values.filter((_, i) => form.layout.slots[i]!.kind === 'iri')
  const { issuer, credentialSubject } = form.credential
  const ofConstants = [issuer, credentialSubject.achievement].map((node) => String((node as Json).id))
  const pool = fc.constantFrom(...iris, ...ofConstants, 'did:example:one')
  const texts = fc.tuple(hostileText, hostileText)
  return fc
    .tuple(ordinaryValues(form), texts, fc.infiniteStream(fc.nat(9)), fc.infiniteStream(pool))
    .map(([ordinary, two, chances, ids]) =>
      ordinary.map((value, i) => {
        const { kind, path } = form.layout.slots[i]!
        const chance = chances.next().value
        if (path.join('/') === 'issuer/id') return value
        if (kind === 'text' && chance < 8) return two[chance % 3 === 0 ? 1 : 0]
        return kind === 'iri' && chance < 4 ? ids.next().value : value
      }),
    )
}

function hostileValues(form: Form): fc.Arbitrary<string[]> {
  const place = fc.nat(form.layout.slots.length - 1)
  return fc.tuple(ordinaryValues(form), place, fc.nat()).map(([values, at, choice]) => {
    const { kind } = form.layout.slots[at]!
    const choices =
      kind === 'iri' ? HOSTILE_IRIS : kind === 'dateTime' ? HOSTILE_TIMES : ['\ud800', 'a\udc00', '']
    return values.with(at, choices[choice % choices.length]!)
  })
}

function issuerRow(did: string, overrides: Partial<IssuerRow>): IssuerRow {
  return {
    id: randomUUID(),
    slug: 'siae',
    name: 'Réseau',
    url: 'https://siae.example',
    email: null,
    description: null,
    language: null,
    did,
    didMethod: 'web',
    proofSuite: 'eddsa-rdfc-2022',
    image: null,
    revision: 1,
    createdAt: PAST,
    updatedAt: PAST,
    ...overrides,
  }
}

function badgeRow(content: BadgeContent, image: string | null) {
  const id = randomUUID()
  return {
    badgeClass: {
      id,
      issuerId: randomUUID(),
      slug: null,
      status: 'published' as const,
      version: 1,
      revision: 1,
      createdAt: PAST,
      updatedAt: PAST,
    },
    version: { badgeClassId: id, version: 1, content, image, imagePng: image, publishedAt: PAST },
  }
}
