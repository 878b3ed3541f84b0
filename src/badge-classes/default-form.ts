import { isDeepStrictEqual } from 'node:util'
import type { RequestForm, RequestFormInput } from './request-form.ts'

/** Who answers for the data of those who ask. */
interface Controller {
  readonly name: string
  readonly url: string
  readonly email: string | null
}

/** The form as it is given, with everything else by default. */
export function completeForm(input: RequestFormInput, issuer: Controller): RequestForm {
  const members = Object.entries(input).filter(([, value]) => value !== null && value !== undefined)
  const given = Object.fromEntries(members) as Partial<RequestForm>
  const days = { ...DAYS, ...given }
  return { ...DEFAULTS, ...days, consent: defaultConsent(issuer, days), ...given }
}

/**
 * Merges a change into a form, one level deep (RFC 7396): what is absent stays, `null` goes back to its default.
 * A consent that was by default follows the numbers of days that it names.
 */
export function changeForm(
  current: RequestForm | undefined,
  change: RequestFormInput,
  issuer: Controller,
): RequestForm {
  if (!current) return completeForm(change, issuer)
  const { consent, ...kept } = current
  const own = isDeepStrictEqual(consent, defaultConsent(issuer, current)) ? {} : { consent }
  return completeForm({ ...kept, ...own, ...change }, issuer)
}

const DAYS = { draftDays: 30, retentionDays: 90 }

const DEFAULTS = {
  open: false,
  decision: 'review',
  reviewersRequired: 1,
  askStructure: true,
  askReferent: true,
  questions: [
    {
      id: 'why',
      label: {
        fr: 'Qu’avez-vous fait pour mériter ce badge ?',
        en: 'What did you do to earn this badge?',
      },
      help: {
        fr: 'Quelques phrases suffisent, avec vos mots.',
        en: 'A few sentences in your own words are enough.',
      },
      kind: 'text',
      required: true,
      maxLength: 2000,
    },
  ],
  evidence: [
    {
      id: 'main',
      label: { fr: 'Votre preuve principale', en: 'Your main evidence' },
      help: {
        fr: 'Par exemple la photo d’une attestation signée. 10 Mo au plus.',
        en: 'Such as a photo of a signed certificate. 10 MB at most.',
      },
      required: true,
      maxFiles: 1,
    },
    {
      id: 'further',
      label: { fr: 'Un autre document, si vous le souhaitez', en: 'A further document, if you like' },
      required: false,
      maxFiles: 1,
    },
  ],
} satisfies Partial<RequestForm>

/** What the GDPR asks to be told (article 13): who, why, who reads it, how long, which rights, whom to ask. */
function defaultConsent(issuer: Controller, days: typeof DAYS): RequestForm['consent'] {
  const contact = issuer.email ?? issuer.url
  const fr = [
    `${issuer.name} est responsable de ce formulaire et de ce que vous y écrivez.`,
    'Vos réponses et vos documents servent uniquement à examiner votre demande et, si elle est acceptée, à vous délivrer le badge, parce que vous y consentez.',
    'Les lisent les personnes qui examinent les demandes et, si vous nous donnez son nom, la personne qui vous accompagne : nous pouvons la contacter en cas de doute.',
    `Une demande commencée mais pas envoyée est effacée au bout de ${days.draftDays} jours. Vos documents sont supprimés ${days.retentionDays} jours après notre réponse. Le badge obtenu est conservé, pour qu’il reste vérifiable ; vous seul·e décidez à qui le montrer.`,
    `Vous pouvez à tout moment consulter vos données, les corriger, les faire effacer, en recevoir une copie ou retirer votre accord, sans que cela remette en cause ce qui a été fait avant. Il suffit d’écrire à ${contact}. Si notre réponse ne vous satisfait pas, vous pouvez vous adresser à la CNIL (www.cnil.fr).`,
  ]
  const en = [
    `${issuer.name} is responsible for this form and for what you write in it.`,
    'Your answers and documents are only used to look into your request and, when it is accepted, to give you the badge, because you consent to it.',
    'They are read by those who review requests and, where you give us a name, by the person who supports you: we may contact them when in doubt.',
    `A request that was begun but not submitted is erased after ${days.draftDays} days. Your documents are deleted ${days.retentionDays} days after our answer. The badge that you earn is kept, so that it can still be verified; you alone decide to whom you show it.`,
    `At any time you can see your data, correct them, have them erased, receive a copy of them or withdraw your consent, which changes nothing about what was done before. Just write to ${contact}. If our answer does not satisfy you, you can turn to your data protection authority (in France the CNIL, www.cnil.fr).`,
  ]
  return { text: { fr: fr.join('\n\n'), en: en.join('\n\n') } }
}
