// A process of its own that takes the lock of a folder when it is told to, and holds it until it is ended.
import { lockFolder } from '../../src/db/folder-lock.ts'

process.on('message', async () => {
  try {
    await lockFolder(process.argv[2]!)
    process.send?.('taken')
  } catch (error) {
    process.send?.((error as Error).constructor.name)
  }
})
process.send?.('here')
