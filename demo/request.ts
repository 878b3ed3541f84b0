import type { Hold } from './hold.ts'
import type { Mailbox } from './mailbox.ts'
import { dim, green, line } from './screen.ts'
import type { DemoCall, DemoService } from './service.ts'

const PERSON = { name: 'Aïcha Benhaddou', email: 'aicha@example.org' }
const REFERENT = { name: 'Claire Petit', email: 'claire.petit@siae.example' }

/**
 * A person asks for a badge, from the poster to the credential: draft, evidence, return, completion, the
 * accompanying professional's word, acceptance.
 * @returns the link of the credential
 */
export async function playRequest(
  service: DemoService,
  mailbox: Mailbox,
  { badge, hold }: { badge: { id: string; name: string }; hold: Hold },
): Promise<string> {
  const anyone = service.as()
  const form = await anyone('GET', `/achievements/${badge.id}/request-form?language=fr`)
  hold('le formulaire est public', form.status === 200 && form.body.open === true)
  line(`${dim('affiche, QR :')} ${service.url}/achievements/${badge.id}/poster.pdf`)

  const { id, person } = await begin(service, badge.id, hold)
  const early = await person('POST', `/requests/${id}/submit`)
  hold('tout ce qui manque est dit en une fois', early.status === 400 && early.body.errors.length > 1)
  line(
    `${green('✔')} un brouillon sans compte ; il manque : ${early.body.errors.length} éléments, dits ensemble`,
  )

  await complete(person, id, hold)
  const submitted = await person('POST', `/requests/${id}/submit`)
  hold('la demande est envoyée', submitted.body.state === 'submitted', JSON.stringify(submitted.body))
  await confirm(service, mailbox, hold)

  const decide = (verb: string, body: object) => service.call('POST', `/v1/requests/${id}/${verb}`, body)
  const reason = 'Il manque la date sur votre attestation.'
  const returned = await decide('return', { reason, reviewer: 'Marc Dubois' })
  hold('la demande est rendue avec un motif', returned.body.state === 'returned')
  hold('la personne le lit', (await mailbox.find(PERSON.email, reason)).includes(reason))
  line(`${green('✔')} rendue : « ${reason} »`)

  const replaced = await attach(person, id, 'Attestation d’engagement, le 2 novembre 2026. Signé : C. Petit')
  hold('la preuve est complétée', replaced.status === 201)
  hold('la demande est renvoyée', (await person('POST', `/requests/${id}/submit`)).status === 200)
  const accepted = await decide('accept', { reviewer: 'Marc Dubois' })
  hold('la demande est acceptée', accepted.body.state === 'accepted', JSON.stringify(accepted.body))
  const { credentialUrl } = (await person('GET', `/requests/${id}`)).body
  hold('le badge arrive par courriel', (await mailbox.find(PERSON.email, credentialUrl)) !== '')
  line(`${green('✔')} complétée, acceptée : le badge est délivré et envoyé par courriel`)
  return credentialUrl
}

async function begin(service: DemoService, badgeId: string, hold: Hold) {
  const started = await service.as()('POST', `/achievements/${badgeId}/requests`, { language: 'fr' })
  hold('un brouillon est commencé', started.status === 201, JSON.stringify(started.body))
  return { id: started.body.id as string, person: service.as(started.body.resumeToken) }
}

async function complete(person: DemoCall, id: string, hold: Hold): Promise<void> {
  const evidence = await attach(person, id, 'Attestation d’engagement. Signé : C. Petit')
  hold('la preuve est reçue', evidence.status === 201, JSON.stringify(evidence.body))
  const saved = await person('PATCH', `/requests/${id}`, {
    ...PERSON,
    structure: { name: 'ACI Les Jardins de Garonne' },
    referent: REFERENT,
    answers: { question: 'S’engager, c’est venir chaque jour, même quand c’est difficile.' },
    sharedEvidence: [evidence.body.id],
    consent: true,
  })
  hold('les réponses sont enregistrées', saved.status === 200, JSON.stringify(saved.body))
}

function attach(person: DemoCall, id: string, text: string) {
  return person('PUT', `/requests/${id}/evidence/main`, Buffer.from(text), {
    'content-type': 'text/plain',
    'content-disposition': 'attachment; filename="attestation.txt"',
  })
}

/** The accompanying professional follows the link of the mail. */
async function confirm(service: DemoService, mailbox: Mailbox, hold: Hold): Promise<void> {
  const mail = await mailbox.find(REFERENT.email, PERSON.name)
  const link = /\/attestations\/[\w-]+/.exec(mail)?.[0]
  hold('le courriel a un lien', link !== undefined, mail)
  const answer = { answer: 'confirmed', sentence: 'Aïcha est présente, régulière et soutient les nouveaux.' }
  const confirmed = await service.as()('POST', link!, answer)
  hold('la professionnelle confirme', confirmed.status === 200, JSON.stringify(confirmed.body))
  line(`${green('✔')} ${REFERENT.name} confirme, par le lien de son courriel`)
}
