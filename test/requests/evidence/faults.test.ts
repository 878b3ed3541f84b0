import { sql } from 'drizzle-orm'
import t from 'tap'
import { leftNothing, ownTemporaryFolder, startStores, until } from './stores.ts'

ownTemporaryFolder(t)
const stores = await startStores(t)
const BYTES = { 'content-type': 'application/octet-stream' }

for (const store of stores) {
  t.test(
    `${store.name}: two files for one place at once: one stays, and all bytes of the other go`,
    async (t) => {
      const applicant = await store.start()
      const puts = await Promise.all(
        Array.from({ length: 8 }, (_, i) => applicant.call('PUT', '/evidence/proof', `Fichier ${i}`, BYTES)),
      )
      t.ok(puts.every(({ status }) => status === 201))
      t.equal((await applicant.call('GET')).body.evidence.proof.length, 1)
      await leftNothing(t, store, 1)
      await applicant.call('DELETE')
      await leftNothing(t, store)
    },
  )

  t.test(
    `${store.name}: a storage that fails leaves no row, and bytes that cannot go are tried again`,
    async (t) => {
      const applicant = await store.start()
      const storage = store.service.ctx.storage as { putFile: unknown; remove: unknown }
      const { putFile, remove } = storage
      const fail = async () => {
        throw new Error('no room')
      }
      storage.putFile = fail
      t.equal((await applicant.call('PUT', '/evidence/proof', 'x', BYTES)).status, 500)
      storage.putFile = putFile
      await leftNothing(t, store)
      const put = await applicant.call('PUT', '/evidence/proof', 'x', BYTES)
      storage.remove = fail
      t.equal((await applicant.call('DELETE', '/evidence/proof')).status, 204)
      const { db } = store.service.ctx
      await until(t, 'it is put off', async () => {
        const { rows } = (await db.execute(
          sql`select 1 from discarded_files where remove_after > now()`,
        )) as unknown as { rows: unknown[] }
        return rows.length === 1
      })
      t.strictSame(await store.keys(), [`evidence/${put.body.id}`])
      storage.remove = remove
      await db.execute(sql`update discarded_files set remove_after = now()`)
      await store.service.ctx.queue.send(db, 'remove-files', {})
      await leftNothing(t, store)
      await applicant.call('DELETE')
    },
  )
}
