// Takes one load as a message, and answers with its result.
import { flatOut } from './flat-out.ts'
import type { Load } from './load.ts'
import { paced } from './paced.ts'

const stopped = new AbortController()

// The bench was interrupted.
process.once('disconnect', () => process.exit())

process.once('message', (load: Load) => {
  process.on('message', () => stopped.abort())
  const run = load.requestsPerSecond === undefined ? flatOut(load) : paced(load, stopped.signal)
  run
    .catch((error: Error) => ({ error: error.message }))
    .then((answer) => process.send!(answer, () => process.exit()))
})
