import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

/** Of the bucket below; the server knows this key alone. */
const KEY = 'S3RVER'

/** A bucket on an S3 server of one's own, in this process. */
export async function startS3(): Promise<{
  /** STORAGE_URL of the bucket. */
  readonly url: string
  /** The same by a key that the server does not know. */
  readonly urlOfStranger: string
  /** The keys of what is in it. */
  keys(): Promise<string[]>
  close(): Promise<void>
}> {
  const directory = await mkdtemp(join(tmpdir(), 'ecusson-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'badges' }],
  })
  const { port } = await server.run()
  const at = `127.0.0.1:${port}/badges?insecure=true&region=us-east-1`
  return {
    url: `s3://${KEY}:${KEY}@${at}`,
    urlOfStranger: `s3://STRANGER:hushhush@${at}`,
    async keys() {
      const files = await readdir(join(directory, 'badges'), { recursive: true })
      const suffix = '._S3rver_object'
      return files.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length))
    },
    async close() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
