import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Invalid } from '../errors.ts'

const PROGRAM = fileURLToPath(new URL('./rasterize-process.ts', import.meta.url))
const LIMIT_MS = 10_000
const MAX_BYTES = 16 * 1024 * 1024

/**
 * Draws somebody’s SVG in a process of its own, which has ten seconds: a few hundred bytes can keep the drawing
 * library busy for hours, or make it abort the process that it runs in.
 * @throws Invalid when it cannot be drawn, or not in time
 */
export function rasterizeApart(svg: string): Promise<Buffer> {
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
