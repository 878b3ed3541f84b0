import type { FigureKey } from './figures.ts'
import type { Postgres } from './postgres.ts'
import type { Result } from './rounds.ts'

/** What every measurement gets. */
export interface Bench {
  /** Smaller lists and one round: a look, not a record. */
  readonly quick: boolean
  /** How long one turn of a figure lasts. */
  readonly seconds: number
  /** How often what is compared takes turns. */
  readonly rounds: number
  /** The bench's own server, started when the first figure needs it. */
  postgres(): Promise<Postgres>
}

export type Results = Partial<Record<FigureKey, Result>>

export type Measure = (bench: Bench) => Promise<Results>
