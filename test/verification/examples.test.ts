import t from 'tap'
import { EXAMPLE_ANSWER, EXAMPLE_BODIES } from '../../src/verification/examples.ts'
import { verifier } from '../support/foreign-issuer.ts'
import { startService } from '../support/service.ts'

const service = await startService(t, { publicUrl: 'https://badges.example.org' })
service.setTime('2026-10-01T12:00:00Z')
const verify = verifier(service.app)

t.test('the badge of the document is answered as the document says', async (t) => {
  t.strictSame((await verify(EXAMPLE_BODIES[0])).answer.body, EXAMPLE_ANSWER)
})

t.test('the address of the document is one that could be', async (t) => {
  t.equal((await verify(EXAMPLE_BODIES[1])).verdict, 'not-found')
})
