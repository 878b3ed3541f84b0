import { readFile } from 'node:fs/promises'
import t from 'tap'
import {
  ISSUE_EXAMPLES,
  PRESENT_EXAMPLES,
  STATUS_EXAMPLES,
  VERIFY_EXAMPLES,
} from '../../src/vc-api/examples.ts'
import { createTenant } from '../support/factories.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t, { publicUrl: 'https://badges.example.org' })
service.setTime('2026-10-20T12:00:00Z')
const call = caller(service.app)

t.test('what the document shows can be done as it stands', async (t) => {
  const { slug, call } = await createTenant(service.app)
  const post = (what: string, body: object) => call('POST', `/v1/issuers/${slug}/credentials/${what}`, body)
  for (const body of ISSUE_EXAMPLES) {
    const answer = await post('issue', body)
    t.equal(answer.status, 201, answer.text)
  }
  const [byId, byEntry, byName] = STATUS_EXAMPLES
  t.equal((await post('status', byId!)).status, 200)
  t.equal((await post('status', { ...byId, status: false })).status, 409)
  t.equal((await post('status', byEntry!)).status, 404)
  t.equal((await post('status', byName!)).status, 200)
})

t.test('what the document shows verifies', async (t) => {
  for (const body of VERIFY_EXAMPLES) {
    t.match(await call('POST', '/credentials/verify', body), { status: 200, body: { verified: true } })
  }
  const file = await readFile(new URL('../../examples/presentation.json', import.meta.url), 'utf8')
  t.strictSame(JSON.parse(file), PRESENT_EXAMPLES[0], 'the file that the README sends')
  for (const body of PRESENT_EXAMPLES) {
    t.match(await call('POST', '/presentations/verify', body), { status: 200, body: { verified: true } })
  }
})
