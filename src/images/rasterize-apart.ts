import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CallerError, Invalid } from '../errors.ts'

const PROGRAM = fileURLToPath(new URL('./rasterize-process.ts', import.meta.url))
const LIMIT_MS = 10_000
const MAX_BYTES = 16 * 1024 * 1024
const MAX_WAITING = 20

/** Draws an SVG as PNG. @throws Invalid when it cannot be drawn, CallerError 429 when too many wait */
export type Rasterize = (svg: string) => Promise<Buffer>

/**
 * Draws somebody’s SVG in a process of its own, one at a time: a few hundred bytes can keep the drawing library
 * busy for hours, fill the memory, or make it abort the process that it runs in.
 */
export function createRasterizer(): Rasterize {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async (svg) => {
    if (waiting >= MAX_WAITING) throw new CallerError(429, 'rate-limited')
    waiting++
    const drawn = last.then(() => rasterizeApart(svg))
    last = drawn.catch(() => undefined).finally(() => waiting--)
    return drawn
  }
}

function rasterizeApart(svg: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const options = {
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_BYTES,
    encoding: 'buffer',
    env: {},
  } as const
  const child = execFile(process.execPath, [PROGRAM], options, (error, png, why) => {
    if (!error) return resolve(png)
    const reason = error.code === 2 ? why.toString('utf8') : 'it is too much to draw'
    reject(new Invalid({ path: '', code: 'svg-broken', params: { why: reason } }))
  })
  // A process that aborts reads no more.
  child.stdin?.on('error', () => {}).end(svg)
  return promise
}
