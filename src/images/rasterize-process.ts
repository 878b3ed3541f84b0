// A process that draws one SVG (standard input) as PNG (standard output), or says why not, and ends.
import { text } from 'node:stream/consumers'
import { CallerError } from '../errors.ts'
import { rasterize } from './rasterize.ts'

try {
  process.stdout.write(await rasterize(await text(process.stdin)))
} catch (error) {
  if (!(error instanceof CallerError)) throw error
  process.stderr.write(String(error.faults[0]?.params?.why))
  process.exitCode = 2
}
