import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { createForm, startDraft } from '../support/requests.ts'
import { caller, startService } from '../support/service.ts'
import { startSmtp } from '../support/smtp.ts'

const smtp = await startSmtp(t)
const service = await startService(t, { smtpUrl: smtp.url, mailFrom: 'badges@example.org' })
const { app } = service
const tenant = await createTenant(app)
const FORM = {
  askReferent: true,
  evidence: [{ id: 'main', label: 'Attestation', required: true, maxFiles: 2 }],
}

/** A request with two files, of which one is to be named, and a professional who accompanies. */
async function submitted(badge: string, address: string) {
  const applicant = await startDraft(app, badge, {
    structure: { name: 'ACI Les Jardins' },
    referent: { name: 'Claire Petit', email: address },
  })
  const files = []
  for (const text of ['montrée', 'gardée']) {
    const headers = {
      'content-type': 'text/plain',
      'content-disposition': `attachment; filename="${text}.txt"`,
    }
    files.push((await applicant.call('PUT', '/evidence/main', Buffer.from(text), headers)).body)
  }
  await applicant.call('PATCH', '', { sharedEvidence: [files[0].id] })
  const answer = await applicant.call('POST', '/submit')
  if (answer.status !== 200) throw new Error(answer.text)
  return applicant
}

/** The path of the link that a mail brought. */
async function linkTo(address: string): Promise<string> {
  for (let i = 0; i < 200 && smtp.to(address).length === 0; i++) await sleep(25)
  return /\/attestations\/[\w-]+/.exec(smtp.to(address).at(-1)!.text)![0]
}

async function acceptedCredential(id: string) {
  const accepted = await tenant.call('POST', `/v1/requests/${id}/accept`)
  t.equal(accepted.status, 200, accepted.text)
  const path = new URL(accepted.body.credentialUrl).pathname
  const credential = await caller(app)('GET', path)
  const verdict = await caller(app)('POST', '/verify', { url: accepted.body.credentialUrl })
  t.equal(verdict.body.valid, true)
  return credential
}

t.test('what the person chose is named by its digest, and what was confirmed is told', async (t) => {
  const badge = await createForm(tenant, FORM)
  const applicant = await submitted(badge, 'claire@siae.example')
  const answer = { answer: 'confirmed', sentence: 'Présente et régulière.' }
  t.equal((await caller(app)('POST', await linkTo('claire@siae.example'), answer)).status, 200)
  const seen = await tenant.call('GET', `/v1/requests/${applicant.id}`)
  t.match(seen.body.referent, { name: 'Claire Petit', answer })
  const { body, text } = await acceptedCredential(applicant.id)
  const sha256 = createHash('sha256').update('montrée').digest('hex')
  t.match(body.evidence, [
    { type: ['Evidence'], name: 'Attestation', description: new RegExp(`montrée\\.txt.*SHA-256 ${sha256}`) },
    {
      type: ['Evidence'],
      name: 'Confirmé par Claire Petit, ACI Les Jardins',
      narrative: 'Présente et régulière.',
    },
  ])
  t.equal(body.evidence.length, 2)
  t.notMatch(text, /gardée|claire@|Benhaddou/)
})

t.test('a word that was not given, or that contests, is not in the credential', async (t) => {
  const badge = await createForm(tenant, FORM)
  const silent = await submitted(badge, 'silent@siae.example')
  const contested = await submitted(badge, 'against@siae.example')
  const link = await linkTo('against@siae.example')
  const answer = { answer: 'contested', sentence: 'Je ne connais pas cette personne.' }
  t.equal((await caller(app)('POST', link, answer)).status, 200)
  t.match((await tenant.call('GET', `/v1/requests/${contested.id}`)).body.referent, { answer })
  for (const { id } of [silent, contested]) {
    t.notMatch((await acceptedCredential(id)).text, /Claire|connais/)
  }
  t.equal(
    (await caller(app)('POST', link, { answer: 'confirmed' })).status,
    410,
    'after the decision it is over',
  )
})

t.test('by default nothing is shared, and another’s file cannot be', async (t) => {
  const badge = await createForm(tenant, FORM)
  const mine = await submitted(badge, 'a@siae.example')
  const other = await startDraft(app, badge)
  const { body } = await mine.call('GET')
  const theft = await other.call('PATCH', '', { sharedEvidence: [body.evidence.main[0].id], name: 'Eve' })
  t.match(theft.body, { status: 400, errors: [{ path: '/sharedEvidence' }] })
  t.equal((await other.call('GET')).body.name, 'Aïcha Benhaddou', 'and nothing else of that change is kept')
})

t.test('what was confirmed of one person is not told of another', async (t) => {
  const badge = await createForm(tenant, FORM)
  const applicant = await submitted(badge, 'claire2@siae.example')
  await caller(app)('POST', await linkTo('claire2@siae.example'), { answer: 'confirmed' })
  await tenant.call('POST', `/v1/requests/${applicant.id}/return`, { reason: 'Quelle structure ?' })
  await applicant.call('PATCH', '', { structure: { name: 'Ministère' } })
  await applicant.call('POST', '/submit')
  for (let i = 0; i < 200 && smtp.to('claire2@siae.example').length < 2; i++) await sleep(25)
  t.equal(smtp.to('claire2@siae.example').length, 2, 'she is asked again')
  t.notMatch((await acceptedCredential(applicant.id)).text, /Confirmé/)
})

t.test('a name of many emoji is cut between two of them', async (t) => {
  const badge = await createForm(tenant, FORM)
  const applicant = await submitted(badge, 'emoji@siae.example')
  await tenant.call('POST', `/v1/requests/${applicant.id}/return`, { reason: 'Qui ?' })
  await applicant.call('PATCH', '', { referent: { name: '😀'.repeat(295), email: 'emoji2@siae.example' } })
  await applicant.call('POST', '/submit')
  await caller(app)('POST', await linkTo('emoji2@siae.example'), { answer: 'confirmed' })
  t.match((await acceptedCredential(applicant.id)).text, /Confirmé par 😀/)
})

t.test('whoever is named in the place of another answers alone', async (t) => {
  const badge = await createForm(tenant, FORM)
  const applicant = await submitted(badge, 'before@siae.example')
  const before = await linkTo('before@siae.example')
  await tenant.call('POST', `/v1/requests/${applicant.id}/return`, { reason: 'Qui vous accompagne ?' })
  await applicant.call('PATCH', '', { referent: { name: 'Marc Dubois' } })
  t.equal((await caller(app)('POST', before, { answer: 'confirmed' })).status, 401)
  await applicant.call('PATCH', '', { referent: { name: 'Marc Dubois', email: 'after@siae.example' } })
  await applicant.call('POST', '/submit')
  t.equal(
    (await caller(app)('POST', await linkTo('after@siae.example'), { answer: 'confirmed' })).status,
    200,
  )
})

t.test('an option that is a plain word is answered by that word', async (t) => {
  const badge = await createForm(tenant, {
    questions: [
      { id: 'where', label: 'Où ?', kind: 'choice', required: true, options: ['Bordeaux', 'La Rochelle'] },
    ],
  })
  const draft = await startDraft(app, badge)
  t.equal((await draft.call('PATCH', '', { answers: { where: 'Paris' } })).status, 400)
  t.equal((await draft.call('PATCH', '', { answers: { where: 'La Rochelle' } })).status, 200)
  t.equal((await draft.call('POST', '/submit')).status, 200)
})
