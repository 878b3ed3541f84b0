import { setTimeout as sleep } from 'node:timers/promises'

/** One event of a stream. */
export interface ServerSentEvent {
  readonly event: string
  readonly id: string
  // biome-ignore lint/suspicious/noExplicitAny: the data of any event
  readonly data: any
}

/** A stream of server-sent events over a socket. */
export interface EventStream {
  readonly response: Response
  /** What came so far. */
  readonly events: ServerSentEvent[]
  /** Waits until so many came. @throws after a minute */
  until(count: number): Promise<void>
  /** Waits until the server ends the stream. */
  ended: Promise<void>
  /** Leaves. */
  leave(): void
}

export async function openEventStream(url: string, key: string): Promise<EventStream> {
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${key}`, accept: 'text/event-stream' }
  const response = await fetch(url, { headers, signal: leaving.signal })
  const events: ServerSentEvent[] = []
  return {
    response,
    events,
    async until(count) {
      for (let waited = 0; events.length < count; waited += 10) {
        if (waited > 60_000) throw new Error(`${events.length} events came`)
        await sleep(10)
      }
    },
    ended: readInto(response, events),
    leave: () => leaving.abort(),
  }
}

async function readInto(response: Response, events: ServerSentEvent[]): Promise<void> {
  let rest = ''
  try {
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop()!
      events.push(...blocks.filter((block) => !block.startsWith(':')).map(parseEvent))
    }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
  }
}

function parseEvent(block: string): ServerSentEvent {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)))
  return { event: fields.event, id: fields.id, data: JSON.parse(fields.data) }
}
