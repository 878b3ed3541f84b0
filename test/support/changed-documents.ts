import fc from 'fast-check'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../../src/vc/contexts.ts'
import type { Json } from '../../src/vc/credential.ts'
import { JWS } from './full-credentials.ts'

/** What may stand in the place of anything. Dates that RFC 3339 and the usual library see otherwise are left out. */
const VALUES: unknown[] = [
  ...[
    null,
    true,
    0,
    -1.5,
    '',
    'x',
    [],
    {},
    [''],
    ['x'],
    [null],
    [[]],
    [{}],
    { id: 'urn:x:1' },
    { type: 'x' },
  ],
  ...[
    '2026-01-01T00:00:00Z',
    '2026-01-01t00:00:00.123456789z',
    '2026-01-01T00:00:00+14:00',
    '2024-02-30T00:00:00Z',
  ],
  ...[
    '2026-01-01T24:00:00Z',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00Z[Europe/Paris]',
    'never',
  ],
  ...[
    '1980-02-30',
    'Image',
    'Profile',
    ['Profile', 'Other'],
    'IdentityObject',
    'IdentifierEntry',
    'Evidence',
  ],
  ...['VerifiableCredential', ['VerifiableCredential'], ['VerifiableCredential', 'AchievementCredential']],
  ...['OpenBadgeCredential', ['OpenBadgeCredential', 'x', 'VerifiableCredential'], ['EndorsementCredential']],
  ...[
    'email',
    'emailAddress',
    'ext:mine',
    'ext:',
    'xext:mine',
    'ext:é',
    'Badge',
    'badge',
    'Diploma',
    'CFItem',
  ],
  ...[
    'Status',
    'Completed',
    'completed',
    'ext:done',
    'fr',
    'FR',
    'fr-fr',
    'zh-Hant',
    'es-419',
    JWS,
    'a..b',
    'a.b',
  ],
  ...[CREDENTIALS_V2, OPEN_BADGES_V3, [OPEN_BADGES_V3, CREDENTIALS_V2], [CREDENTIALS_V2, OPEN_BADGES_V3, {}]],
  ...[
    [CREDENTIALS_V2, OPEN_BADGES_V3, 1],
    [CREDENTIALS_V2, 'https://purl.imsglobal.org/spec/ob/v3p0/context.json'],
  ],
  ...[
    [CREDENTIALS_V2, OPEN_BADGES_V3.replace('3.0.3', '9.9.9-9.9.9')],
    [CREDENTIALS_V2, OPEN_BADGES_V3, ''],
  ],
]

type Change = (value: unknown) => unknown
const GONE = Symbol('the member is taken away')

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...VALUES).map((value) => () => structuredClone(value)),
  fc.constant<Change>(() => GONE),
  fc.constant<Change>((value) => [value]),
  fc.constant<Change>((value) => (Array.isArray(value) ? value[0] : value)),
  fc.constant<Change>((value) => (Array.isArray(value) ? [...value, value[0]] : value)),
  fc
    .constantFrom(...VALUES)
    .map<Change>((more) => (value) => (Array.isArray(value) ? [...value, more] : value)),
  fc
    .constantFrom(...VALUES)
    .map<Change>((more) => (value) => (isObject(value) ? { ...value, further: more } : value)),
)

/** One to three changes at places that exist. */
export const changed = (documents: readonly Json[]) =>
  fc
    .tuple(
      fc.constantFrom(...documents),
      fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 }),
    )
    .map(([document, changes]) =>
      changes.reduce((value, [place, apply]) => changeAt(value, place, apply), copyOf(document)),
    )

function changeAt(document: Json, place: number, apply: Change): Json {
  const places: [Json, string][] = []
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      places.push([value as Json, name])
      walk(member)
    }
  }
  walk(document)
  const found = places[place % places.length]
  if (!found) return document
  const [holder, name] = found
  const value = apply(holder[name])
  if (value !== GONE) holder[name] = value
  else if (Array.isArray(holder)) holder.splice(Number(name), 1)
  else delete holder[name]
  return document
}

/** A copy in which nothing stands twice. */
export function copyOf(document: Json): Json {
  return JSON.parse(JSON.stringify(document))
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
