import type { Language } from '../../messages.ts'
import type { TemplateValues } from './letter.ts'

type Samples = { readonly [T in keyof TemplateValues]: TemplateValues[T] }

const WORDS = {
  fr: {
    badge: 'Je m’engage',
    structure: 'Les Jardins de la Dronne',
    missing: 'La photo de votre certificat est floue. Pouvez-vous en ajouter une plus nette ?',
    refusal:
      'Le certificat est au nom d’une autre personne. Demandez le vôtre à la personne qui vous accompagne.',
  },
  en: {
    badge: 'I commit myself',
    structure: 'The Dronne Gardens',
    missing: 'The photo of your certificate is blurred. Could you add a sharper one?',
    refusal: 'The certificate is in somebody else’s name. Ask the person who supports you for your own.',
  },
}

/**
 * Values to look at a template with: its links lead nowhere.
 * @param options.now the moment from which a sample link has 30 days
 */
export function samplesOf(
  language: Language,
  { publicUrl, now, imageUrl }: { publicUrl: string; now: Date; imageUrl?: string },
): Samples {
  const { badge, structure, missing, refusal } = WORDS[language]
  const expires = new Date(now.getTime() + 30 * 24 * 3600 * 1000).toISOString()
  const link = `${publicUrl}/example`
  const picture = imageUrl ? { imageUrl } : {}
  return {
    'resume-link': { badge, link, expires },
    'request-received': { badge, link },
    'referent-question': { badge, applicant: 'Aïcha Benhaddou', structure, link },
    'review-invitation': { badge, link, expires },
    'request-returned': { badge, reason: missing, link },
    'request-rejected': { badge, reason: refusal, contact: 'contact@example.org' },
    'badge-awarded': {
      badge,
      name: 'Aïcha Benhaddou',
      credentialUrl: link,
      claimUrl: link,
      expires,
      ...picture,
    },
    'claim-code': { badge, code: '048213', expires },
    'claim-link': { badge, claimUrl: link, expires, ...picture },
  }
}
