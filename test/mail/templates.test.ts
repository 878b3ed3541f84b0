import t from 'tap'
import { TEMPLATE_NAMES, type TemplateName } from '../../src/mail/templates/letter.ts'
import { createTenant, SVG } from '../support/factories.ts'
import { newMail, queueIn, untilState } from '../support/mails.ts'
import { PUBLIC_URL, startService } from '../support/service.ts'
import { type Received, startSmtp } from '../support/smtp.ts'

const smtp = await startSmtp(t)
const service = await startService(t, { smtpUrl: smtp.url, mailFrom: 'badges@example.org' })
const { ctx } = service

const HOSTILE = 'Badge\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>\u202e"\'&\u0007'
const link = 'https://form.example/?a=1&b="x"'.replaceAll('"', '%22')
const VALUES: Record<TemplateName, Record<string, string>> = {
  'resume-link': { badge: HOSTILE, link, expires: '2026-12-31T23:30:00Z' },
  'request-received': { badge: HOSTILE },
  'referent-question': { badge: HOSTILE, applicant: HOSTILE, structure: HOSTILE, link },
  'review-invitation': { badge: HOSTILE, link, expires: '2026-12-31T23:30:00Z' },
  'request-returned': { badge: HOSTILE, reason: HOSTILE },
  'request-rejected': { badge: HOSTILE, reason: HOSTILE, contact: HOSTILE },
  'badge-awarded': {
    badge: HOSTILE,
    name: HOSTILE,
    credentialUrl: 'https://badges.example/credentials/1',
    claimUrl: link,
    expires: '2026-12-31T23:30:00Z',
    imageUrl: 'https://badges.example/i.png',
  },
  'claim-code': { badge: HOSTILE, code: '048213', expires: '2026-12-31T23:30:00Z' },
  'claim-link': {
    badge: HOSTILE,
    claimUrl: link,
    expires: '2026-12-31T23:30:00Z',
    imageUrl: 'https://badges.example/i.png',
  },
}
/** Those that show the badge. */
const PICTURED: readonly TemplateName[] = ['badge-awarded', 'claim-link']

/** Sends a mail. @returns it as the mail server got it */
async function receive(
  template: TemplateName,
  values: object,
  language: 'fr' | 'en' = 'fr',
): Promise<Received> {
  const tenant = await createTenant(service.app, { name: 'A "B" <c@d.example>, e@f.example\u200f' })
  const mail = newMail(tenant, { template, values, language } as Parameters<typeof newMail>[1])
  await untilState(tenant, await queueIn(ctx, mail), 'sent')
  const [received] = smtp.to(mail.to)
  t.strictSame(received!.to, [mail.to])
  return received!
}

for (const template of TEMPLATE_NAMES) {
  t.test(`${template}: what others wrote adds no header, no recipient and no markup`, async (t) => {
    for (const language of ['fr', 'en'] as const) {
      const received = await receive(template, VALUES[template], language)
      t.notOk(received.header('bcc'))
      const head = received.raw.slice(0, received.raw.indexOf('\r\n\r\n'))
      const names = head.split('\r\n').flatMap((line) => /^([A-Za-z-]+):/.exec(line)?.[1] ?? [])
      t.strictSame(names.sort(), [
        ...[
          'Auto-Submitted',
          'Content-Language',
          'Content-Type',
          'Date',
          'From',
          'MIME-Version',
          'Message-ID',
        ],
        ...['Subject', 'To'],
      ])
      t.match(received.header('from'), /e@f\.example"? <badges@example\.org>$/)
      t.match(received.header('subject'), /Badge Bcc: victim@example\.org <script>alert\(1\)<\/script>/)
      t.notMatch(received.html, /<script/i)
      t.match(received.html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
      t.match(received.html, new RegExp(`<html lang="${language}">`))
      t.notMatch(received.text + received.html, /[^\P{Cc}\n]|\p{Bidi_Control}/u)
      t.match(received.text, /<script>alert\(1\)<\/script>/)
      t.equal(received.html.includes('<img'), PICTURED.includes(template))
      const { link, claimUrl, credentialUrl } = VALUES[template]
      const targets = [link, claimUrl, credentialUrl && `${credentialUrl}.png`].filter(Boolean)
      for (const target of targets as string[]) {
        t.ok(received.text.includes(`\n${target}\n`), 'the link stands on a line of its own')
        t.ok(received.html.includes(`href="${target.replaceAll('&', '&amp;')}"`))
      }
    }
  })
}

t.test('a reason keeps its lines, and a day is a day of the reader', async (t) => {
  const reason = 'Il manque la signature.\n\nEt la date.'
  const returned = await receive('request-returned', { badge: 'Je m’engage', reason })
  t.match(returned.text, /\n> Il manque la signature\.\n> \n> Et la date\.\n/)
  t.match(returned.html, /Il manque la signature\.<br>\n<br>\nEt la date\./)
  const french = await receive('resume-link', VALUES['resume-link'])
  t.match(french.text, /jusqu’au 1er janvier 2027/)
  const english = await receive('resume-link', VALUES['resume-link'], 'en')
  t.match(english.text, /until 1 January 2027/)
})

t.test('a name of any length leaves a subject that can be read', async (t) => {
  const received = await receive('request-received', { badge: 'Engagement '.repeat(200) })
  t.match(received.header('subject'), /^Demande bien reçue\u00a0: badge «\u00a0Engagement .*…$/)
  t.equal([...received.header('subject')!].length, 250)
})

t.test('what is not known is left out', async (t) => {
  const resume = await receive('resume-link', { badge: 'B', link, expires: '' })
  t.notMatch(resume.text, /jusqu’au/)
  const question = await receive('referent-question', { badge: 'B', applicant: '', structure: '', link })
  t.match(question.text, /Une personne demande le badge .* qui l’accompagne\./)
  const rejected = await receive('request-rejected', { badge: 'B', reason: 'R' })
  t.match(rejected.text, /La personne qui vous accompagne/)
})

t.test('the mail of a code tells it, and holds no link that it would open', async (t) => {
  for (const language of ['fr', 'en'] as const) {
    const { text, html } = await receive('claim-code', VALUES['claim-code'], language)
    t.match(text, /\n\n048213\n\n/, 'on a line of its own')
    t.match(html, />048213</)
    t.notMatch(text + html, /https?:/)
    t.match(text, language === 'fr' ? /jusqu’au 1er janvier 2027/ : /until 1 January 2027/)
  }
})

t.test('the mail of a badge serves those without a wallet too', async (t) => {
  const { text, html } = await receive('badge-awarded', VALUES['badge-awarded'])
  t.match(text, /valable jusqu’au 1er janvier 2027/)
  t.match(text, /\nPAS DE PORTEFEUILLE NUMÉRIQUE\u00a0\? CE N’EST PAS GRAVE\n/)
  t.match(html, /<h2 [^>]*>Pas de portefeuille numérique\u00a0\? Ce n’est pas grave<\/h2>/)
  t.equal(html.match(/<a [^>]*display:block/g)?.length, 1, 'one large button')
})

t.test('an issuer sees each of its mails, in both languages, as page and as text', async (t) => {
  const tenant = await createTenant(service.app, { name: 'INAÉ <b>' })
  const image = { 'content-type': 'image/svg+xml' }
  await tenant.call('PUT', `/v1/issuers/${tenant.slug}/image`, SVG, image)
  const see = (template: string, query = '') =>
    tenant.call('GET', `/v1/issuers/${tenant.slug}/mail-templates/${template}${query}`)
  for (const template of TEMPLATE_NAMES) {
    for (const language of ['fr', 'en']) {
      const page = await see(template, `?language=${language}`)
      t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
      t.match(page.headers['content-security-policy'], /^default-src 'none';.*sandbox$/)
      t.match(page.text, new RegExp(`<html lang="${language}">`))
      t.match(page.text, /INAÉ &lt;b&gt;/)
      t.equal(page.text.includes(`<img src="${PUBLIC_URL}/images/`), PICTURED.includes(template))
      const plain = await see(template, `?language=${language}&format=text`)
      t.equal(plain.headers['content-type'], 'text/plain; charset=utf-8')
      t.match(plain.text, /^[^\n]+(Je m’engage|I commit myself)[^\n]+\n\n/, 'the subject first')
      t.match(plain.text, /INAÉ <b>/)
    }
  }
  t.match((await see('resume-link')).text, /<html lang="fr">/)
  t.equal((await see('nothing')).status, 404)
  t.equal((await see('resume-link', '?language=de')).status, 400)
})
