// A process of its own that takes a job and never ends it. Arguments: a folder, or the address of a database.
import { openEmbedded } from '../../src/db/embedded.ts'
import { openPostgres } from '../../src/db/postgres.ts'
import { createQueue } from '../../src/jobs/queue.ts'
import { createLog } from '../../src/log.ts'

const [place = ''] = process.argv.slice(2)
const log = createLog('warn')
const database = place.startsWith('postgres') ? await openPostgres(place, log) : await openEmbedded(place)
const queue = await createQueue(database, log)
await queue.send(database.db, 'issue-batch', { batchId: 'held' })
const hold = () => {
  process.send?.('held')
  return new Promise<void>(() => undefined)
}
await queue.start(
  { 'issue-batch': hold, 'tell-awarded': hold, 'send-mail': hold, 'remove-files': hold },
  { 'issue-batch': 1, 'tell-awarded': 1, 'send-mail': 1, 'remove-files': 1 },
)
