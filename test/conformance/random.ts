/** A small seeded generator (mulberry32), so that a failing run can be repeated. */
export function seeded(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    chance: (probability: number) => next() < probability,
    integer: (max: number) => Math.floor(next() * max),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  }
}
export type Random = ReturnType<typeof seeded>

// biome-ignore lint/suspicious/noExplicitAny: a schema of the OpenAPI document
export type Schema = any

const HOSTILE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  '',
  ' ',
  'a'.repeat(11_000),
  'é'.normalize('NFD'),
  '\u0000',
  '\u0007',
  '\ud800',
  '‮',
  '😀'.repeat(50),
  "'; drop table issuers; --",
  '{{7*7}}',
  '../../etc/passwd',
  '2026-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-06-30T23:59:60Z',
  '9999-12-31T23:59:59-23:59',
  'javascript:alert(1)',
  'http://[::1',
  'https://user:pass@example.org/',
  [],
  [[]],
  {},
  { $ref: '#' },
  { constructor: { prototype: {} } },
]

const BY_FORMAT: Record<string, string[]> = {
  'date-time': [
    '2026-10-15T14:00:00Z',
    '2020-02-29T23:59:59.999+02:00',
    '1900-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ],
  'http-url': ['https://example.org/é?x=1#y', 'http://localhost:1'],
  email: ['a@example.org', 'Zoé.Ünïcode@exämple.org'],
  did: ['did:web:example.org', 'did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi'],
  'absolute-iri': ['urn:uuid:3f0c7c52-6d0c-4b8c-9a54-0f7d6c1f2b11', 'https://example.org/#x'],
  'language-tag': ['fr', 'en-GB', 'zh-Hant-TW'],
  decimal: ['0', '-1.5', '100'],
}

/** A value that the schema takes, mostly; now and then a hostile one in any place. */
export function sample(schema: Schema, random: Random, hostility: number): unknown {
  if (random.chance(hostility)) return random.pick(HOSTILE)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return random.pick(schema.enum)
  if (schema.anyOf) return sample(random.pick(schema.anyOf), random, hostility)
  if (schema.allOf) return sample(schema.allOf[0], random, hostility)
  if (schema.type === 'object') return objectOf(schema, random, hostility)
  if (schema.type === 'array') {
    const count = Math.max(schema.minItems ?? 0, random.integer(3))
    return Array.from({ length: count }, () => sample(schema.items ?? {}, random, hostility))
  }
  if (schema.type === 'boolean') return random.chance(0.5)
  if (schema.type === 'integer' || schema.type === 'number') return (schema.minimum ?? 0) + random.integer(5)
  if (schema.type === 'null') return null
  return textOf(schema, random)
}

/** Of objects whose members have no fixed names. */
const MEMBERS = ['why', 'day', 'site', 'agreed', 'choice', 'constructor', 'toString', 'é']

function objectOf(schema: Schema, random: Random, hostility: number): object {
  const entries = Object.entries(schema.properties ?? {})
    .filter(([name]) => schema.required?.includes(name) || random.chance(0.4))
    .map(([name, property]) => [name, sample(property, random, hostility)])
  for (const member of Object.values(schema.patternProperties ?? {})) {
    for (const name of MEMBERS) {
      if (random.chance(0.2)) entries.push([name, sample(member, random, hostility)])
    }
  }
  if (random.chance(hostility)) entries.push(['unknown', 1])
  return Object.fromEntries(entries)
}

function textOf(schema: Schema, random: Random): string {
  const known = BY_FORMAT[schema.format] ?? schema.examples
  if (known) return String(random.pick(known))
  const text = random.pick(['Badge', 'Été à Pau', 'œuvre', 'A', 'score', 'P1Y', 'ext:thing'])
  return text.padEnd(schema.minLength ?? 0, 'x')
}
