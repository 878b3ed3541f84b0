// A process of its own that takes the lock of each folder that it is told, and holds it.
import { lockFolder } from '../../src/db/folder-lock.ts'

process.on('message', async (folder: string) => {
  try {
    await lockFolder(folder)
    process.send?.('taken')
  } catch (error) {
    process.send?.((error as Error).constructor.name)
  }
})
process.send?.('here')
