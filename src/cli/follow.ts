import { setTimeout as sleep } from 'node:timers/promises'
import { type Batch, isOver } from './api.ts'
import type { Client } from './client.ts'

const LOOK_EVERY_MS = 1_000
/** The service sends at least a comment every 15 s: a longer silence is a line that is dead, or held back. */
const SILENCE_MS = 20_000
/** A paused batch is tried again by the service; one that does not move for so long is left to it. */
const PAUSE_MS = 90_000

/**
 * Follows a committed batch to its end, by server-sent events and, where the stream breaks, by asking.
 * @returns the batch at its end, or as it is when it has waited too long
 * @throws Failure when the service refuses, or is gone for minutes
 */
export async function followBatch(client: Client, id: string, show: (batch: Batch) => void): Promise<Batch> {
  let ready = -1
  let movedAt = Date.now()
  for await (const batch of progressOf(client, id)) {
    show(batch)
    if (isOver(batch)) return batch
    if (batch.counts.ready !== ready) movedAt = Date.now()
    ready = batch.counts.ready
    if (batch.status === 'paused' && Date.now() - movedAt > PAUSE_MS) return batch
  }
  throw new Error('the progress of a batch has no end of its own')
}

async function* progressOf(client: Client, id: string): AsyncGenerator<Batch> {
  for (;;) {
    yield* streamed(client, id)
    yield await client.ask<Batch>('GET', `/v1/batches/${id}`)
    await sleep(LOOK_EVERY_MS)
  }
}

/** The batch as the events tell it, until the stream ends, breaks or has nothing to tell for long: a pause. */
async function* streamed(client: Client, id: string): AsyncGenerator<Batch> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(), SILENCE_MS)
  try {
    const { body } = await client.open(`/v1/batches/${id}/events`, silence.signal)
    let text = ''
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
      timer.refresh()
      const blocks = (text + chunk).split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data === undefined) continue
        const batch: Batch = JSON.parse(data)
        yield batch
        if (batch.status === 'paused') return
      }
    }
  } catch {
    // Whatever is wrong, asking will tell it.
  } finally {
    clearTimeout(timer)
  }
}
