import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core'
import spectralRulesets from '@stoplight/spectral-rulesets'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import { FORMATS } from '../../src/fields.ts'

const FILE = join(import.meta.dirname, '../../openapi/openapi.json')
// biome-ignore lint/suspicious/noExplicitAny: the document is broken on purpose at any place
type Document = any

/** What each linter must notice, and how the document is spoilt for it. */
const FAULTS: { name: string; spoil: (document: Document) => void; redocly?: string; spectral?: string }[] = [
  {
    name: 'a tag that nobody explains',
    spoil: (document) => delete document.tags[0].description,
    redocly: 'tag-description',
  },
  {
    name: 'a server that is nobody’s',
    spoil: (document) => document.servers.push({ url: 'http://localhost:3000' }),
    redocly: 'no-server-example.com',
  },
  {
    name: 'an operation without a description',
    spoil: (document) => delete document.paths['/healthz'].get.description,
    spectral: 'operation-description',
  },
  {
    name: 'an operation without a summary',
    spoil: (document) => delete document.paths['/healthz'].get.summary,
    redocly: 'operation-summary',
  },
  {
    name: 'an operation whose security is not told',
    spoil: (document) => delete document.paths['/v1/issuers'].get.security,
    redocly: 'security-defined',
  },
  {
    name: 'two operations of one name',
    spoil: ({ paths }) => {
      paths['/readyz'].get.operationId = paths['/healthz'].get.operationId
    },
    redocly: 'operation-operationId-unique',
    spectral: 'operation-operationId-unique',
  },
  {
    name: 'a schema that nothing uses',
    spoil: (document) => {
      document.components.schemas.Forgotten = { type: 'string' }
    },
    redocly: 'no-unused-components',
    spectral: 'oas3-unused-component',
  },
  {
    name: 'a reference to nothing',
    spoil: (document) => {
      document.components.schemas.Issuer.properties.name = { $ref: '#/components/schemas/Nowhere' }
    },
    redocly: 'no-unresolved-refs',
    spectral: 'invalid-ref',
  },
  {
    name: 'an example that breaks its schema',
    spoil: ({ paths }) => {
      paths['/v1/issuers/{slug}'].get.parameters[0].example = 1
    },
    redocly: 'no-invalid-parameter-examples',
    spectral: 'oas3-valid-media-example',
  },
]

const text = await readFile(FILE, 'utf8')

t.test('the recommended rules of Redocly find nothing', async (t) => {
  t.same(await askRedocly(text), [])
})

t.test('the OpenAPI rules of Spectral find nothing', async (t) => {
  t.same(await askSpectral(text), [])
})

t.test('both notice what is wrong in a broken copy', async (t) => {
  const document: Document = JSON.parse(text)
  for (const { spoil } of FAULTS) spoil(document)
  const broken = JSON.stringify(document)
  const told = { redocly: await askRedocly(broken), spectral: await askSpectral(broken) }
  for (const { name, redocly, spectral } of FAULTS) {
    if (redocly)
      t.ok(
        told.redocly.some((fault) => fault.startsWith(`${redocly} `)),
        `Redocly: ${name}`,
      )
    if (spectral)
      t.ok(
        told.spectral.some((fault) => fault.startsWith(`${spectral} `)),
        `Spectral: ${name}`,
      )
  }
})

t.test('every example fits its schema', async (t) => {
  const document: Document = JSON.parse(text)
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  for (const [name, check] of Object.entries(FORMATS)) ajv.addFormat(name, check)
  ajv.addSchema(document, 'https://badges.example.org/openapi.json', undefined, false)
  const examples = [...examplesIn(document, '#')]
  t.ok(examples.length > 100, `${examples.length} examples`)
  for (const { pointer, example } of examples) {
    const validate = ajv.getSchema(`https://badges.example.org/openapi.json${pointer}`)!
    if (!validate(example)) t.fail(`${pointer}: ${ajv.errorsText(validate.errors)}`)
  }
})

/** Each example with the JSON Pointer of the schema that it is an example of. */
function* examplesIn(part: Document, pointer: string): Generator<{ pointer: string; example: unknown }> {
  if (typeof part !== 'object' || part === null) return
  if (part.schema && 'example' in part) yield { pointer: `${pointer}/schema`, example: part.example }
  if (Array.isArray(part.examples)) for (const example of part.examples) yield { pointer, example }
  for (const [name, member] of Object.entries(part)) {
    const step = encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
    if (name !== 'example' && name !== 'examples') yield* examplesIn(member, `${pointer}/${step}`)
  }
}

/** Errors and warnings alike, as `npx @redocly/cli lint` tells them where there is no configuration file. */
async function askRedocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source, absoluteRef: FILE, config })
  return problems.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`)
}

/** The same of `spectral lint` with `extends: spectral:oas`. */
async function askSpectral(source: string): Promise<string[]> {
  // The two packages are typed by two editions of a third.
  const spectral = new spectralCore.Spectral()
  spectral.setRuleset({ extends: [spectralRulesets.oas as unknown as RulesetDefinition] })
  const results = await spectral.run(source)
  return results.map(({ code, message, path }) => `${code} at ${path.join('/')}: ${message}`)
}
