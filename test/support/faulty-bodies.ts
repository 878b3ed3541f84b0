/** A JSON Schema as the OpenAPI document holds it. */
export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly maxLength?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** A body with one fault, and where it has it. */
export interface FaultyBody {
  readonly what: string
  /** JSON Pointer of the fault. */
  readonly path: string
  readonly body: unknown
}

type Path = readonly string[]
type Json = Record<string, unknown>

/** A body with every member that the schema knows. */
export function fullBody(schema: Schema): unknown {
  if (schema.examples) return schema.examples[0]
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return fullBody(schema.anyOf[0]!)
  if (schema.type === 'object') {
    const members = Object.entries(schema.properties ?? {})
    return Object.fromEntries(members.map(([name, member]) => [name, fullBody(member)]))
  }
  if (schema.type === 'array') return [fullBody(schema.items!)]
  if (schema.type === 'boolean') return true
  if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1
  return 'text'
}

/** Every body of the schema with one fault: each place with a wrong type, too long, missing, unknown, unreadable. */
export function faultyBodies(schema: Schema): FaultyBody[] {
  return places(schema).flatMap(({ path, of }) => faultsAt(of, path, () => withPlace(schema, path)))
}

/** What has no upper bound, though it should: texts and lists. */
export function unbounded(schema: Schema): string[] {
  return places(schema)
    .filter(({ of }) =>
      branches(of).some(
        (branch) =>
          (branch.type === 'array' && branch.maxItems === undefined) ||
          (branch.type === 'string' && branch.maxLength === undefined && !branch.enum && !isExact(branch)),
      ),
    )
    .map(({ path }) => pointer(path))
}

/** A pattern such as that of a UUID bounds the length by itself. */
const isExact = (schema: object) => 'pattern' in schema && /^\^[^+*]*\$$/.test(String(schema.pattern))

const branches = (schema: Schema): readonly Schema[] => schema.anyOf?.flatMap(branches) ?? [schema]

const pointer = (path: Path) => path.map((name) => `/${name}`).join('')

function places(schema: Schema, path: Path = []): { path: Path; of: Schema }[] {
  const inside = branches(schema).flatMap((branch) => [
    ...Object.entries(branch.properties ?? {}).flatMap(([name, member]) => places(member, [...path, name])),
    ...(branch.items ? places(branch.items, [...path, '0']) : []),
  ])
  return [{ path, of: schema }, ...inside]
}

/** A full body in which the place exists, whichever branch of a union holds it. */
function withPlace(schema: Schema, path: Path): unknown {
  const [name, ...rest] = path
  if (name === undefined) return fullBody(schema)
  for (const branch of branches(schema)) {
    const member = branch.properties?.[name] ?? (name === '0' ? branch.items : undefined)
    if (!member) continue
    const inner = withPlace(member, rest)
    return branch.items
      ? [inner]
      : { ...(fullBody({ ...branch, examples: [{}] }) as Json), ...requiredOf(branch), [name]: inner }
  }
  throw new Error(`no place ${pointer(path)}`)
}

function requiredOf(branch: Schema): Json {
  return Object.fromEntries(
    (branch.required ?? []).map((name) => [name, fullBody(branch.properties![name]!)]),
  )
}

function faultsAt(schema: Schema, path: Path, make: () => unknown): FaultyBody[] {
  const all = branches(schema)
  const put = (what: string, value: unknown, at = path): FaultyBody => ({
    what,
    path: pointer(at),
    body: replace(make(), at, value),
  })
  const faults = WRONG_TYPES.filter(([type]) => !all.some((branch) => accepts(branch, type))).map(
    ([type, value]) => put(`is a ${type}`, value),
  )
  const texts = all.filter(({ type }) => type === 'string')
  const longest = Math.max(...texts.map(({ maxLength }) => maxLength ?? 0))
  if (texts.length > 0) {
    faults.push(put('holds U+0000', 'a\0b'), put('holds half a character', 'a\ud83d'))
    if (longest > 0) faults.push(put('is too long', 'a'.repeat(longest + 1)))
    if (all.every((branch) => branch.enum)) faults.push(put('is another word', 'no-such-word'))
  }
  for (const branch of all) {
    if (branch.maximum !== undefined) faults.push(put('is too large', branch.maximum + 1))
    if (branch.minimum !== undefined) faults.push(put('is too small', branch.minimum - 1))
    if (branch.maxItems !== undefined) {
      const items = Array.from({ length: branch.maxItems + 1 }, () => fullBody(branch.items!))
      faults.push(put('has too many items', items))
    }
    if (branch.type !== 'object') continue
    const full = fullBody(branch) as Json
    faults.push({
      ...put('', { ...full, unknownMember: 1 }),
      what: 'has an unknown member',
      path: `${pointer(path)}/unknownMember`,
    })
    for (const name of branch.required ?? []) {
      const { [name]: _left, ...rest } = full
      faults.push({ ...put('', rest), what: `lacks ${name}`, path: `${pointer(path)}/${name}` })
    }
  }
  return faults
}

const WRONG_TYPES: [string, unknown][] = [
  ['null', null],
  ['boolean', true],
  ['number', 1.5],
  ['string', 'text'],
  ['array', [[]]],
  ['object', {}],
]

const accepts = (schema: Schema, type: string) =>
  schema.type === type || (schema.enum?.some((value) => typeof value === type) ?? false)

/** The body with one place replaced. */
function replace(body: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value
  if (Array.isArray(body))
    return body.map((item, i) => (String(i) === name ? replace(item, rest, value) : item))
  const members = body as Json
  return { ...members, [name]: replace(members[name], rest, value) }
}
