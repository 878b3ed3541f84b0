import fc from 'fast-check'
import t from 'tap'
import type { Json } from '../../src/vc/credential.ts'
import { PROOF_SUITES, type ProofSuite, type UnsignedCredential } from '../../src/vc/credential.ts'
import { compileShape, type Shape } from '../../src/vc/engine/compile.ts'
import { createEngine } from '../../src/vc/engine/engine.ts'
import { fillDocument, valuesOf } from '../../src/vc/engine/layout.ts'
import { contextsFor } from '../../src/vc/engine/proof.ts'
import { signCredential } from '../../src/vc/sign.ts'
import { walletJson } from '../../src/vc/wallet-json.ts'
import { type Form, makeForms, newSigner, type Row, rows } from '../support/generated-awards.ts'
import { libraryVerdict } from '../support/library-verdict.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121)
const CREDENTIALS = Number(process.env.FUZZ_CREDENTIALS ?? 3000)
/** One of so many is given to the library's verifier too. */
const VERIFY_EVERY = 30

const key = newSigner('did:web:siae.example')
const created = new Date('2026-02-28T12:34:56.789Z')
const engine = createEngine(0)
const forms = makeForms(key.controller)
const shapes = new Map<string, Shape>()

const nameOf = (form: Form, suite: ProofSuite) => `${form.name}, ${suite}`

t.test('every form of our credentials can be compiled, and is signed as the library signs it', async (t) => {
  for (const suite of PROOF_SUITES) {
    for (const form of forms) {
      const { layout, values, credential } = form
      const contexts = contextsFor(suite, credential['@context'])
      const shape = await compileShape({ ...layout, document: { ...credential, '@context': contexts } })
      shapes.set(nameOf(form, suite), shape)
      t.ok(shape.canonicalize(values) !== undefined, `the fast path takes ${nameOf(form, suite)}`)
      const [body] = await engine.sign(layout, [values], { key, suite, created })
      t.equal(body, await byLibrary(credential, suite), nameOf(form, suite))
    }
  }
})

t.test(`${CREDENTIALS} random credentials (seed ${SEED}) have the library's bytes`, async (t) => {
  const counts: Record<string, number> = {}
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  let runs = 0
  const sameBytes = async (row: Row, suite: ProofSuite) => {
    const { form, temper, values } = row
    const document = fillDocument(form.layout, values) as UnsignedCredential
    const found = valuesOf(document, form.constantsOf(document))
    if (found.key !== form.layout.key || found.values.some((value, i) => value !== values[i]))
      throw new Error('the layout of the document is another one')
    const isFast = shapes.get(nameOf(form, suite))!.canonicalize(values) !== undefined
    if (temper === 'ordinary' && !isFast) throw new Error('an ordinary credential went the library’s way')
    const [ours, theirs] = await Promise.all([
      outcome(engine.sign(form.layout, [values], { key, suite, created }).then(([body]) => body!)),
      outcome(byLibrary(document, suite)),
    ])
    if (ours !== theirs) throw new Error(`${isFast ? 'fast' : 'slow'}\n${ours}\n${theirs}`)
    count(`${temper} ${ours === REFUSED ? 'refused' : isFast ? 'fast' : 'by the library'}`)
    if (ours === REFUSED || ++runs % VERIFY_EVERY !== 0) return
    // The library wants the key to be the issuer's: not so where a hostile id took its place.
    const credential = JSON.parse(ours)
    if (credential.issuer.id !== key.controller || temper === 'hostile') return
    if (!(await libraryVerdict(credential, key))) throw new Error(`not accepted\n${ours}`)
    count('verified')
  }
  const result = await fc.check(fc.asyncProperty(rows(forms), fc.constantFrom(...PROOF_SUITES), sameBytes), {
    seed: SEED,
    numRuns: CREDENTIALS,
    endOnFailure: process.env.FUZZ_SHRINK === undefined,
  })
  t.notOk(result.failed, describe(result))
  t.comment(JSON.stringify(counts))
  for (const what of [
    'ordinary fast',
    'coinciding fast',
    'coinciding by the library',
    'hostile refused',
    'verified',
  ])
    t.ok(counts[what]! > CREDENTIALS / 200, `the run reached: ${what}`)
})

const REFUSED = 'refused'

/** Both must refuse the same documents; their words may differ. */
function outcome(signing: Promise<string>): Promise<string> {
  return signing.catch(() => REFUSED)
}

async function byLibrary(document: Json, suite: ProofSuite): Promise<string> {
  return walletJson(await signCredential(document as UnsignedCredential, key, { suite, created }))
}

function describe({ counterexample, errorInstance, counterexamplePath }: fc.RunDetails<[Row, ProofSuite]>) {
  if (!counterexample) return 'no counterexample'
  const [{ form, temper, values }, suite] = counterexample
  const texts = JSON.stringify(
    Object.fromEntries(values.map((v, i) => [form.layout.slots[i]!.path.join('/'), v])),
  )
  return `${nameOf(form, suite)}, ${temper}, path ${counterexamplePath}: ${texts}\n${errorInstance}`.slice(
    0,
    8000,
  )
}
