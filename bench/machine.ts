import { availableParallelism, cpus, totalmem } from 'node:os'
import { postgresVersion } from './postgres.ts'

/** What the figures were measured on. */
export interface Machine {
  readonly cpus: number
  readonly model: string
  readonly memoryGB: number
  readonly node: string
  readonly postgres: string
}

export function describeMachine(): Machine {
  return {
    cpus: availableParallelism(),
    model: cpus()[0]?.model.trim() || 'unknown processor',
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
    postgres: postgresVersion(),
  }
}

export function sayMachine({ cpus, model, memoryGB, node, postgres }: Machine): string {
  return `${cpus} × ${model}, ${memoryGB} GB, Node ${node}, ${postgres}`
}
