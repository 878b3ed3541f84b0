import t from 'tap'
import { createLink } from '../../src/requests/links.ts'
import { createTenant } from '../support/factories.ts'
import { createLinkedForm, encode, form, inEnglish, page } from '../support/request-links.ts'
import { createForm, startDraft, submitDraft } from '../support/requests.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const { app } = service
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const { submit, reviewLink, seen } = await createLinkedForm(service, tenant)

t.test('a reviewer without an account reads the request and accepts it under the link’s name', async (t) => {
  const options = [
    { id: 'a', label: { fr: 'Jardin', en: 'Garden' } },
    { id: 'b', label: 'Cuisine' },
  ]
  const rich = await createForm(tenant, {
    questions: [
      { id: 'why', label: { fr: 'Pourquoi ?', en: 'Why?' }, kind: 'text', required: true },
      { id: 'where', label: 'Où ?', kind: 'choice', required: true, options },
      { id: 'ready', label: 'Prêt ?', kind: 'yesno', required: false },
    ],
    evidence: [{ id: 'main', label: { fr: 'Votre attestation', en: 'Your certificate' }, required: false }],
  })
  const applicant = await startDraft(app, rich, {
    answers: { why: 'Pour moi.', where: 'a', ready: true },
  })
  const stored = await applicant.call(
    'PUT',
    '/evidence/main?name=preuve%20%C3%A9t%C3%A9.txt',
    'Bonjour à tous',
    {
      'content-type': 'application/octet-stream',
    },
  )
  t.equal(stored.status, 201)
  await applicant.call('POST', '/submit')
  const link = await reviewLink(applicant)
  t.match((await anyone('GET', link)).body, { id: applicant.id, checklist: [{ id: 'c1' }, { id: 'c2' }] })

  const { text } = await anyone('GET', link, undefined, page)
  for (const shown of [
    'Bonjour Marc Dubois,',
    'Pour moi.',
    '<dd>Jardin</dd>',
    '<dd>Oui</dd>',
    'a signé son contrat',
    'Votre attestation',
    'preuve été.txt',
  ]) {
    t.match(text, shown)
  }
  const english = (await anyone('GET', link, undefined, { ...page, ...inEnglish })).text
  for (const shown of ['Hello Marc Dubois,', '<dd>Garden</dd>', '<dd>Yes</dd>', 'Your certificate']) {
    t.match(english, shown)
  }
  const file = await anyone('GET', `${link}/evidence/${stored.body.id}`, undefined, page)
  t.equal(file.text, 'Bonjour à tous')
  t.match(file.headers, {
    'content-disposition': /^attachment; filename="preuve _t_\.txt"/,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  const other = await submit()
  t.equal((await anyone('GET', `${await reviewLink(other)}/evidence/${stored.body.id}`)).status, 404)

  const fields = { 'met.c1': 'on', 'comment.c1': 'Vu.', 'comment.c2': '', reason: 'Bravo !' }
  const accepted = await anyone('POST', `${link}/accept`, encode(fields), form)
  t.equal(accepted.status, 200)
  t.match(accepted.text, 'C’est fait\u00a0: la demande est acceptée')
  const request = await seen(applicant)
  t.match(request, {
    state: 'accepted',
    checklist: [
      { id: 'c1', met: true, comment: 'Vu.' },
      { id: 'c2', met: false },
    ],
  })
  t.match(request.history.at(-1), {
    event: 'accepted',
    by: 'reviewer',
    name: 'Marc Dubois',
    reason: 'Bravo !',
  })
  for (const rest of ['', `/evidence/${stored.body.id}`]) {
    t.equal((await anyone('GET', `${link}${rest}`)).status, 410)
    t.equal((await anyone('GET', `${link}${rest}`, undefined, page)).status, 410)
  }
})

t.test('a checklist that nobody touched says nothing, and a plain yes is enough', async (t) => {
  const applicant = await submit()
  const link = await reviewLink(applicant)
  await anyone('POST', `${link}/accept`, encode({ 'comment.c1': '', 'comment.c2': '', reason: '' }), form)
  const request = await seen(applicant)
  t.equal(request.state, 'accepted')
  t.notOk(request.checklist.some((item: object) => 'met' in item))
  const another = await submit()
  const named = await anyone('POST', `${await reviewLink(another)}/accept`, { reviewer: 'Somebody else' })
  t.equal(named.status, 400, 'the name is the link’s')
  t.match((await anyone('POST', `${await reviewLink(another)}/accept`)).body, { state: 'accepted' })
})

t.test(
  'a reviewer gives back or refuses, with a reason; without one, nothing that was typed is lost',
  async (t) => {
    for (const [verb, state] of [
      ['return', 'returned'],
      ['reject', 'rejected'],
    ] as const) {
      const applicant = await submit()
      const link = await reviewLink(applicant)
      const fields = { 'met.c2': 'on', 'comment.c1': 'Il manque <la> page 2', 'comment.c2': '', reason: ' ' }
      const refused = await anyone('POST', `${link}/${verb}`, encode(fields), form)
      t.equal(refused.status, 400)
      t.match(refused.text, '<li>Votre message\u00a0: est obligatoire</li>')
      t.match(refused.text, 'Il manque &#60;la&#62; page 2</textarea>')
      t.match(refused.text, 'name="met.c2" checked')
      t.notMatch(refused.text, 'name="met.c1" checked')
      t.equal((await anyone('POST', `${link}/${verb}`, {})).status, 400)
      t.equal((await seen(applicant)).state, 'submitted')
      const given = await anyone(
        'POST',
        `${link}/${verb}`,
        encode({ ...fields, reason: 'Ajoutez la page 2.' }),
        form,
      )
      t.equal(given.status, 200)
      t.match(await seen(applicant), { state, reason: 'Ajoutez la page 2.' })
      const after = await anyone('GET', link, undefined, page)
      t.equal(after.status, state === 'returned' ? 200 : 410)
      t.notMatch(after.text, '<form')
    }
  },
)

t.test('of two reviewers at once one decides, and the other is told in words', async (t) => {
  const applicant = await submit()
  const [one, two] = [await reviewLink(applicant, 'Un'), await reviewLink(applicant, 'Deux')]
  const both = await Promise.all([
    anyone('POST', `${one}/accept`, encode({ reason: '' }), form),
    anyone('POST', `${two}/reject`, encode({ reason: 'Non.' }), form),
  ])
  const [lost] = both.filter(({ status }) => status !== 200)
  t.equal(both.filter(({ status }) => status === 200).length, 1)
  t.ok([409, 410].includes(lost!.status))
  t.match(lost!.text, /La demande a changé entre-temps|Ce lien n’est plus valable/)
})

t.test('while another reviewer has it in hand, an answer is kept in the page and not taken', async (t) => {
  const applicant = await submit()
  const link = await reviewLink(applicant)
  await tenant.call('POST', `/v1/requests/${applicant.id}/assign`, { reviewer: 'Zoé <b>' })
  const refused = await anyone('POST', `${link}/reject`, encode({ reason: 'Trop tôt.' }), form)
  t.equal(refused.status, 409)
  t.match(refused.text, 'Une autre personne lit cette demande')
  t.match(refused.text, 'Zoé &#60;b&#62; est en train de lire')
  t.match(refused.text, 'Trop tôt.</textarea>')
})

t.test('where several have to accept, the first is told so, and is not counted twice', async (t) => {
  const applicant = await submitDraft(app, await createForm(tenant, { reviewersRequired: 2 }))
  const link = await reviewLink(applicant)
  t.match((await anyone('POST', `${link}/accept`, '', form)).text, 'Merci, votre accord est noté')
  const again = await anyone('POST', `${link}/accept`, '', form)
  t.equal(again.status, 409)
  t.match(again.text, 'Vous avez déjà donné votre accord')
  t.match((await anyone('POST', `${await reviewLink(applicant, 'Deux')}/accept`)).body, { state: 'accepted' })
})

t.test('a link of a reviewer ends with its days', async (t) => {
  const applicant = await submit()
  const token = await createLink(service.ctx.db, {
    requestId: applicant.id,
    kind: 'reviewer',
    holder: 'Marc',
    expiresAt: new Date(Date.now() - 1000),
    now: new Date(),
  })
  t.equal((await anyone('GET', `/reviews/${token}`)).status, 410)
  t.equal((await anyone('POST', `/reviews/${token}/accept`)).status, 410)
})
