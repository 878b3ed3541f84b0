import t from 'tap'
import { tellAwarded } from '../../src/delivery/claims/tell-awarded.ts'
import { acceptRequest } from '../../src/requests/accept.ts'
import { removeDiscardedFiles } from '../../src/requests/evidence/remove-discarded.ts'
import { purgeRequests } from '../../src/requests/purge.ts'
import { createTenant } from '../support/factories.ts'
import { untilTold } from '../support/mails.ts'
import { createForm, startDraft, submitDraft } from '../support/requests.ts'
import { startS3 } from '../support/s3.ts'
import { caller, startService, type TestService } from '../support/service.ts'

const EVIDENCE = { evidence: [{ id: 'main', label: 'Attestation', required: false, maxFiles: 3 }] }
const SECRET = 'Confidentielle Bérénice'

/** Everything that the database and the storage hold, as one text. */
async function everything({ ctx }: TestService): Promise<string> {
  const texts: string[] = []
  for (const table of [
    'requests',
    'request_events',
    'request_links',
    'evidence_files',
    'mails',
    'discarded_files',
  ]) {
    texts.push(JSON.stringify(await ctx.db.execute(`select * from ${table}`)))
  }
  return texts.join('\n')
}

for (const storage of ['folder', 'bucket'] as const) {
  t.test(`in a ${storage}`, async (t) => {
    const s3 = storage === 'bucket' ? await startS3() : undefined
    const service = await startService(t, s3 ? { storageUrl: s3.url } : {})
    if (s3) t.teardown(() => s3.close())
    const { app } = service
    const tenant = await createTenant(app)
    const badge = await createForm(tenant, EVIDENCE)
    const personal = { name: SECRET, referent: { name: 'Confidentielle Zoé', email: 'zoe@siae.example' } }
    const withFile = async (submit: boolean) => {
      const applicant = await startDraft(app, badge, personal)
      const put = await applicant.call('PUT', '/evidence/main', Buffer.from(`Preuve de ${SECRET}`), {
        'content-type': 'text/plain',
        'content-disposition': "attachment; filename*=UTF-8''Confidentielle.txt",
      })
      t.equal(put.status, 201, put.text)
      if (submit) t.equal((await applicant.call('POST', '/submit')).status, 200)
      return { ...applicant, key: `evidence/${put.body.id}`, file: put.body.id }
    }
    const isStored = async (key: string) => (await service.ctx.storage.get(key)) !== undefined

    for (const submit of [false, true]) {
      const applicant = await withFile(submit)
      t.equal(await isStored(applicant.key), true)
      t.equal((await applicant.call('DELETE')).status, 204)
      await removeDiscardedFiles(service.ctx)
      t.equal(await isStored(applicant.key), false, 'the bytes are gone from the storage')
      t.notMatch(await everything(service), /Confidentielle|zoe@|Preuve/, 'and everything from the database')
      t.equal((await applicant.call('GET')).status, 410)
    }

    const accepted = await withFile(true)
    await accepted.call('PATCH', '', {})
    const acceptance = await tenant.call('POST', `/v1/requests/${accepted.id}/accept`)
    t.equal(acceptance.status, 200)
    await untilTold(tenant, acceptance.body.assertionId)
    const { credentialUrl, evidenceUntil, decidedAt } = (await accepted.call('GET')).body
    t.equal(Date.parse(evidenceUntil) - Date.parse(decidedAt), 90 * 24 * 3600_000)
    const valid = async () => (await caller(app)('POST', '/verify', { url: credentialUrl })).body.valid
    t.equal(
      (await accepted.call('DELETE')).status,
      409,
      'after the decision it is the consent that is taken back',
    )
    service.setTime(new Date(Date.parse(evidenceUntil) - 60_000))
    await purgeRequests(service.ctx)
    t.equal(await isStored(accepted.key), true, 'not before its time')
    service.setTime(new Date(Date.parse(evidenceUntil) + 60_000))
    await purgeRequests(service.ctx)
    await removeDiscardedFiles(service.ctx)
    t.equal(await isStored(accepted.key), false)
    t.strictSame((await accepted.call('GET')).body.evidence, {})
    t.equal(await valid(), true, 'while the credential stays valid')

    const withdrawn = await accepted.call('POST', '/withdraw-consent')
    t.match(withdrawn.body, { state: 'accepted', consent: { withdrawnAt: String }, credentialUrl })
    const left = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`)
    t.notMatch(left.text, accepted.email, 'the mail about the badge goes too')
    t.notMatch(await everything(service), /Confidentielle|zoe@|Preuve/)
    t.equal(await valid(), true)
    t.equal((await accepted.call('POST', '/withdraw-consent')).status, 200, 'again: nothing happens')
  })
}

t.test('whoever takes the consent back before the mail was written gets none', async (t) => {
  const service = await startService(t)
  const { app, ctx } = service
  const tenant = await createTenant(app)
  const badge = await createForm(tenant)
  const reviewer = { actor: { kind: 'delegate', issuerId: tenant.id } } as const
  const withoutJobs = { ...ctx, queue: { ...ctx.queue, send: async () => undefined } }
  const accept = async () => {
    const applicant = await submitDraft(app, badge)
    const { assertionId } = await acceptRequest(withoutJobs, reviewer, applicant.id, {})
    return { applicant, assertionId: assertionId! }
  }
  const [gone, stays] = [await accept(), await accept()]
  t.equal((await gone.applicant.call('POST', '/withdraw-consent')).status, 200)
  await tellAwarded(ctx)
  await untilTold(tenant, stays.assertionId)
  const { text } = await tenant.call('GET', `/v1/issuers/${tenant.slug}/mails`)
  t.notMatch(text, gone.applicant.email)
})

t.test('the person gets everything that is held, and nobody else does', async (t) => {
  const service = await startService(t)
  const tenant = await createTenant(service.app)
  const badge = await createForm(tenant, {
    ...EVIDENCE,
    questions: [{ id: 'why', label: { fr: 'Pourquoi ?', en: 'Why?' }, kind: 'text', required: true }],
    consent: { text: { fr: 'J’accepte.', en: 'I agree.' } },
  })
  const applicant = await submitDraft(service.app, badge, { answers: { why: 'Pour apprendre' } })
  const accepted = await tenant.call('POST', `/v1/requests/${applicant.id}/accept`)
  await untilTold(tenant, accepted.body.assertionId)
  const { body, headers } = await applicant.call('GET', '/export')
  t.match(headers['content-disposition'], /^attachment/)
  t.match(body, {
    request: { id: applicant.id, email: applicant.email, history: [{}, {}, {}] },
    questions: [{ id: 'why', label: 'Pourquoi ?', answer: 'Pour apprendre' }],
    consentText: 'J’accepte.',
    mails: [{ template: 'request-received', to: applicant.email }, { template: 'badge-awarded' }],
    assertion: { recipient: { email: applicant.email } },
  })
})
