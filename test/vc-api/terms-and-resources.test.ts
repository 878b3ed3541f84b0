import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { startService } from '../support/service.ts'
import { credential, type Document, EXAMPLES_V2, V2 } from '../support/vcdm-documents.ts'

// What the data model asks of the meaning of a credential, and of the resources that it names.

const { app } = await startService(t)
const tenant = await createTenant(app)
const issue = (changes: Document) =>
  tenant.call('POST', `/v1/issuers/${tenant.slug}/credentials/issue`, { credential: credential(changes) })

const own = (...contexts: unknown[]): Document => ({ '@context': [V2, ...contexts] })
const TYPE = 'ExampleDegreeCredential'
const TERMS = { [TYPE]: `https://example.org/#${TYPE}`, alumniOf: 'https://example.org/#alumniOf' }

t.test('VCDM 2.0, section 4.3: each context is one that can be processed', async (t) => {
  t.equal((await issue(own(EXAMPLES_V2))).status, 201)
  t.equal((await issue(own(TERMS))).status, 201)
  for (const context of ['https://example.com/', 'https://example.com/context.json'])
    t.equal((await issue(own(TERMS, context))).status, 400, `${context} is not known here, and not fetched`)
  t.equal((await issue(own({ ...TERMS, '@version': 7 }))).status, 400)
})

t.test('VCDM 2.0, section 4.5: a type is a term that the contexts define', async (t) => {
  for (const context of [
    { '@vocab': null, alumniOf: TERMS.alumniOf },
    { ...TERMS, [TYPE]: null },
  ])
    t.equal((await issue(own(context))).status, 400, JSON.stringify(context))
})

t.test(
  'VCDM 2.0, section 5.2: contexts define all terms, or the last one is for those that are not',
  async (t) => {
    const undefinedTerms = 'https://www.w3.org/ns/credentials/undefined-terms/v2'
    t.equal((await issue(own({ [TYPE]: TERMS[TYPE] }))).status, 400, 'alumniOf is not defined')
    t.equal((await issue(own({ [TYPE]: TERMS[TYPE] }, undefinedTerms))).status, 201)
  },
)

t.test('VCDM 2.0, section 5.2: no context redefines a term of the base context', async (t) => {
  for (const term of ['VerifiableCredential', 'name', 'digestSRI'])
    t.equal((await issue(own({ ...TERMS, [term]: 'https://example.org/#other' }))).status, 400, term)
})

t.test('VCDM 2.0, section 5.3: a digest that does not match its resource is an error', async (t) => {
  const related = (digests: Document) => issue({ relatedResource: { id: V2, ...digests } })
  const right: Document[] = [
    { digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU' },
    // In Multihash, as the Recommendation has it, and bare, as its tests have it.
    { digestMultibase: 'uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA' },
    { digestMultibase: 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ' },
  ]
  for (const digests of right) t.equal((await related(digests)).status, 201, JSON.stringify(digests))
  const wrong: Document[] = [
    { digestSRI: 'sha384-_rCVIV7fSXXTNIvpiq26jRDyj8JG8TDjij-tD0ewLk4JpnXEz6a5AeeY_1qQ0d0P' },
    { digestMultibase: 'uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0' },
    { ...right[0], digestMultibase: 'uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0' },
  ]
  for (const digests of wrong) t.equal((await related(digests)).status, 400, JSON.stringify(digests))
})
