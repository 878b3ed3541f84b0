import t from 'tap'
import { createTenant } from '../support/factories.ts'
import { createLinkedForm, encode, form, inEnglish, page } from '../support/request-links.ts'
import { caller, startService } from '../support/service.ts'

const service = await startService(t)
const tenant = await createTenant(service.app)
const anyone = caller(service.app)
const { badge, submit, referentLink, seen } = await createLinkedForm(service, tenant)

t.test('the referent reads what is asked, and no more of the request', async (t) => {
  const applicant = await submit()
  const link = await referentLink(applicant)
  const read = await anyone('GET', link)
  t.equal(read.status, 200)
  t.strictSame(read.body, {
    badge: {
      name: 'Je m’engage',
      description: read.body.badge.description,
      achievementUrl: `http://localhost:3999/achievements/${badge}`,
    },
    applicant: 'Aïcha Benhaddou',
    structure: 'ACI Les Jardins',
    issuer: { name: 'Association d’insertion' },
    state: 'submitted',
  })
  const shown = await anyone('GET', link, undefined, page)
  t.match(shown.headers, { 'content-type': 'text/html; charset=utf-8', 'content-language': 'fr' })
  t.match(shown.text, '<html lang="fr">')
  t.match(shown.text, 'Aïcha Benhaddou demande le badge «\u00a0Je m’engage\u00a0»')
  t.match(shown.text, 'votre nom (Claire Petit) et votre phrase seront inscrits dans le badge')
  t.match(shown.text, 'Vous pouvez changer votre réponse jusqu’à la décision')
  t.notMatch(shown.text, applicant.email)
  t.notMatch(shown.text, 'chosen"')
  const english = await anyone('GET', `${link}?answer=contested`, undefined, { ...page, ...inEnglish })
  t.match(english.text, '<html lang="en">')
  t.match(english.text, 'value="contested" class="chosen"')
  t.notMatch(english.text, 'value="confirmed" class="chosen"')
  const spanish = await anyone('GET', link, undefined, { ...page, 'accept-language': 'es' })
  t.match(spanish.headers, { 'content-language': 'fr' })
})

t.test('to open the link is not to answer', async (t) => {
  const applicant = await submit()
  const link = await referentLink(applicant)
  for (const method of ['GET', 'HEAD'] as const) {
    for (const query of ['', '?answer=confirmed']) await anyone(method, `${link}${query}`, undefined, page)
  }
  t.equal((await seen(applicant)).referent.answer, undefined)
})

t.test('one click answers; another one changes the answer, until the decision', async (t) => {
  const applicant = await submit()
  const link = await referentLink(applicant)
  const clicked = await anyone('POST', link, encode({ sentence: '', answer: 'contested' }), form)
  t.equal(clicked.status, 200)
  t.match(clicked.text, 'Merci, votre réponse est enregistrée')
  t.strictSame((await seen(applicant)).referent.answer.answer, 'contested')
  const sentence = 'Présente chaque matin,\net à l’heure : 100 % + « bravo » & merci.'
  const changed = await anyone(
    'POST',
    link,
    encode({ sentence: sentence.replace('\n', '\r\n'), answer: 'confirmed' }),
    form,
  )
  t.match(changed.text, 'Vous confirmez cette demande\u00a0: Aïcha Benhaddou, badge')
  t.match((await seen(applicant)).referent.answer, { answer: 'confirmed', sentence })
  t.match((await anyone('GET', link, undefined, page)).text, 'Vous avez déjà répondu\u00a0: vous confirmez.')
  const json = await anyone('POST', link, { answer: 'confirmed', sentence: 'Oui.' })
  t.match(json.body, { applicant: 'Aïcha Benhaddou', answer: { answer: 'confirmed', sentence: 'Oui.' } })

  const accepted = await tenant.call('POST', `/v1/requests/${applicant.id}/accept`)
  const { credentialUrl } = accepted.body
  const credential = await anyone('GET', new URL(credentialUrl).pathname)
  t.match(credential.body.evidence, [
    { name: 'Confirmé par Claire Petit, ACI Les Jardins', narrative: 'Oui.' },
  ])
  for (const [method, body] of [
    ['GET', undefined],
    ['POST', { answer: 'contested' }],
  ] as const) {
    const ended = await anyone(method, link, body)
    t.equal(ended.status, 410)
    t.match(ended.headers, { 'content-type': 'application/problem+json' })
    const inWords = await anyone(method, link, body, page)
    t.equal(inWords.status, 410)
    t.match(inWords.text, 'Ce lien n’est plus valable')
    t.notMatch(inWords.text, 'Revenir à la page')
  }
})
