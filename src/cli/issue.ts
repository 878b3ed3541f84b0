import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { say } from '../messages.ts'
import type { Batch } from './api.ts'
import { type IssueOptions, inOptions } from './arguments.ts'
import { type Client, createClient, Refusal } from './client.ts'
import { Failure, sayCause } from './failure.ts'
import { findBadge } from './find-badge.ts'
import { followBatch } from './follow.ts'
import { assertWritable, openList, readKey } from './inputs.ts'
import { FAILURES, TOLD } from './messages.ts'
import { tellCheck, tellCounts, tellPause, tellResult, undone } from './tell.ts'
import { tellLinks, tellWhoWouldBeMailed } from './tell-links.ts'
import { createProgress, harmless, type Terminal } from './terminal.ts'

/** Everyone has the badge; some have not, or it is not known; nobody has it. */
const STATUS = { all: 0, some: 1, none: 2 } as const

/** One run of the command. */
interface Run {
  readonly id: string
  readonly options: IssueOptions
  readonly client: Client
  readonly terminal: Terminal
  /** The batch that the service was asked to issue, whether it said that it does, and whether its end was seen. */
  committed?: { readonly id: string; stage: 'asked' | 'begun' | 'over' }
}

/**
 * Posts a list, tells what would become of it and, unless that is all that is wanted, has it issued.
 * @returns the exit status
 * @throws Failure when nothing was issued
 */
export async function issueList(options: IssueOptions, terminal: Terminal): Promise<number> {
  const key = await readKey(options)
  const list = await openList(options)
  await assertWritable(options)
  const onTrouble = (why: string) => terminal.complain(sayCause(TOLD.trouble, terminal.language, { why }))
  const client = createClient({ url: options.url, key, language: terminal.language, onTrouble })
  const run: Run = { id: randomUUID(), options, client, terminal }
  process.once('SIGINT', () => interrupt(run, 130)).once('SIGTERM', () => interrupt(run, 143))
  try {
    const checked = await postList(run, list)
    await tellCheck(client, terminal, checked)
    if (options.isDryRun) return await endDryRun(run, checked)
    return await conclude(run, checked.counts.ready > 0 ? await commit(run, checked) : checked)
  } catch (error) {
    const failure = toFailure(error as Error, options)
    if (!run.committed) throw failure
    for (const line of failure.linesIn(terminal.language)) terminal.complain(line)
    tellFate(run)
    return STATUS.some
  }
}

async function postList({ id, options, client }: Run, body: Blob): Promise<Batch> {
  const badge = await findBadge(client, options)
  const query = new URLSearchParams(options.query)
  const path = `/v1/badge-classes/${badge}/batches${query.size > 0 ? `?${query}` : ''}`
  return client.ask<Batch>('POST', path, { body, idempotencyKey: `${id}-list` }).catch((error) => {
    const isUnknown = error instanceof Refusal && error.status === 404
    throw isUnknown ? new Failure(FAILURES['no-badge-id'], { badge: options.badge }) : error
  })
}

async function commit(run: Run, { id, counts }: Batch): Promise<Batch> {
  const { client, terminal } = run
  run.committed = { id, stage: 'asked' }
  await client
    .ask('POST', `/v1/batches/${id}/commit`, { idempotencyKey: `${run.id}-commit` })
    .catch((error) => {
      // It will not begin.
      if (error instanceof Refusal) delete run.committed
      throw error
    })
  run.committed.stage = 'begun'
  terminal.tell(TOLD.batch, { id })
  const show = createProgress(terminal, counts.ready)
  let pause = ''
  return followBatch(client, id, (batch) => {
    show(counts.ready - batch.counts.ready - batch.counts.cancelled)
    const { code = '' } = batch.pauseReason ?? {}
    if (code !== pause) tellPause(terminal, batch)
    pause = code || pause
  })
}

async function endDryRun(run: Run, batch: Batch): Promise<number> {
  run.terminal.tell(TOLD['dry-run'])
  tellWhoWouldBeMailed(run.terminal, batch)
  await writeReport(run, batch)
  return batch.counts.invalid > 0 ? STATUS.some : STATUS.all
}

async function conclude(run: Run, batch: Batch): Promise<number> {
  const { client, terminal } = run
  const { id, counts } = batch
  if (batch.status === 'paused') {
    tellCounts(terminal, batch)
    terminal.tell(TOLD['still-paused'], { id, count: counts.ready })
    return STATUS.some
  }
  if (run.committed) run.committed.stage = 'over'
  await tellResult(client, terminal, batch)
  await writeReport(run, batch)
  if (counts.issued > 0) {
    tellLinks(terminal, batch, run.options.report ?? `GET ${client.url}/v1/batches/${id}/report.csv`)
  }
  if (undone(batch) === 0) return STATUS.all
  return counts.issued + counts['already-awarded'] > 0 ? STATUS.some : STATUS.none
}

async function writeReport({ client, terminal, options: { report } }: Run, { id }: Batch): Promise<void> {
  if (report === undefined) return
  await client.download(`/v1/batches/${id}/report.csv`, report)
  terminal.tell(TOLD.report, { file: report })
}

/** A refusal tells all that is wrong, in the words of the command line. */
function toFailure(error: Error, { file }: IssueOptions): Failure {
  if (!(error instanceof Failure)) return new Failure(FAILURES.unexpected, { why: harmless(error.message) })
  if (!(error instanceof Refusal)) return error
  const details = (error.problem.errors ?? []).map(({ path, message }) => {
    const [option, told] = [inOptions(path), inOptions(message)]
    return harmless(option && told.includes(option) ? told : `${option || basename(file)} ${told}`)
  })
  return new Failure(FAILURES.refused, error.params, details)
}

/** What was committed is the service's to finish, whoever leaves. */
function tellFate({ committed, client, terminal }: Run): void {
  if (!committed || committed.stage === 'over') return
  const text = TOLD[committed.stage === 'begun' ? 'goes-on' : 'may-go-on']
  terminal.complain(say(text, terminal.language, { id: committed.id, url: client.url }))
}

function interrupt(run: Run, status: number): never {
  if (!run.committed) run.terminal.complain(say(TOLD.interrupted, run.terminal.language))
  tellFate(run)
  process.exit(status)
}
