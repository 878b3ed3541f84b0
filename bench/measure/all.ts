import type { FigureKey } from '../figures.ts'
import type { Measure } from '../measure.ts'
import { measureAwards } from './awards.ts'
import { measureEmbeddedBatch, measurePostgresBatch } from './batches.ts'
import { measureCollecting } from './collecting.ts'
import { measureEngine } from './engine.ts'
import { measureGrowth } from './growth.ts'
import { measureMemory } from './memory.ts'
import { measureReadLatency } from './read-latency.ts'
import { measureReads } from './reads.ts'
import { measureRequestLists } from './request-lists.ts'

/** What measures each figure; one run of it can tell several. */
export const MEASURES: Record<FigureKey, Measure> = {
  engineVsLibrary: measureEngine,
  engineVsRawEd25519: measureEngine,
  batchPostgresVsLibrary: measurePostgresBatch,
  batchEmbeddedVsLibrary: measureEmbeddedBatch,
  awardVsBareRoute: measureAwards,
  readVsBareRoute: measureReads,
  batchPeakMemoryMB: measureMemory,
  growthAtMillion: measureGrowth,
  readP99DuringBatch: measureReadLatency,
  collectExchangeVsAward: measureCollecting,
  collectOpenidVsAward: measureCollecting,
  collectP99Ms: measureCollecting,
  requestListMs: measureRequestLists,
  requestListGrowth: measureRequestLists,
}
