import { randomBytes, sign } from 'node:crypto'
import type { Json, UnsignedCredential } from '../../src/vc/credential.ts'
import { createEngine, type Engine } from '../../src/vc/engine/engine.ts'
import { layoutOf, valuesOf } from '../../src/vc/engine/layout.ts'
import type { SigningKey } from '../../src/vc/keys.ts'
import { anotherLike, createLibraryIssuer, createSigningKey } from '../library.ts'
import type { Bench, Results } from '../measure.ts'
import { perSecond, summary } from '../rounds.ts'
import { awardExample, publishBadge, startService } from '../service.ts'

/** The service's own default: one in so many is verified with the library before it leaves the engine. */
const CHECK_EVERY = 1000
const CHUNK = 500
/** Data Integrity signs two SHA-256 hashes. */
const SIGNED_BYTES = 64

/** The signing engine on one thread, against the library and against bare signatures, all on this thread. */
export async function measureEngine(bench: Bench): Promise<Results> {
  const example = await exampleOfService()
  const key = createSigningKey(example)
  const signChunk = createChunkSigner(createEngine(CHECK_EVERY), example, key)
  const issueOne = createLibraryIssuer(example)
  const hashes = randomBytes(SIGNED_BYTES)
  const signRaw = () => sign(null, hashes, key.privateKey)
  const seconds = bench.seconds / 4
  const turns = async (each: number) => ({
    library: await perSecond(each, issueOne),
    engine: (await perSecond(each, signChunk)) * CHUNK,
    raw: await perSecond(each, signRaw),
  })
  await turns(0.3)
  const rounds: Awaited<ReturnType<typeof turns>>[] = []
  for (let round = 0; round < 2 * bench.rounds + 1; round++) rounds.push(await turns(seconds))
  const against = (baseline: 'library' | 'raw') =>
    summary(
      rounds.map((round) => ({ baseline: round[baseline], measured: round.engine })),
      'credentials/s',
    )
  return { engineVsLibrary: against('library'), engineVsRawEd25519: against('raw') }
}

async function exampleOfService(): Promise<UnsignedCredential> {
  await using service = await startService()
  return await awardExample(service, await publishBadge(service))
}

/** From documents to signed JSON, as a signing thread does it: what a badge's credentials share is named once. */
function createChunkSigner(
  engine: Engine,
  example: UnsignedCredential,
  key: SigningKey,
): () => Promise<void> {
  const documents = Array.from({ length: CHUNK }, () => anotherLike(example))
  const constants = {
    key: 'bench',
    parts: new Set([example.issuer, (example.credentialSubject as Json).achievement]),
  }
  const options = { key, suite: 'eddsa-rdfc-2022' as const }
  return async () => {
    const read = documents.map((document) => valuesOf(document, constants))
    const layout = layoutOf(documents[0]!, constants, read[0]!.key)
    await engine.sign(
      layout,
      read.map(({ values }) => values),
      { ...options, created: new Date() },
    )
  }
}
