import { type Language, say, type Text } from '../messages.ts'
import { baseOf } from './localized-text.ts'

/** What stands beside the fields that every form has. */
const LABELS = {
  name: { en: 'Your first name and surname', fr: 'Votre prénom et votre nom' },
  email: { en: 'Your e-mail address', fr: 'Votre adresse e-mail' },
  emailHelp: {
    en: 'The badge is sent to this address: please check each letter.',
    fr: 'Le badge sera envoyé à cette adresse : vérifiez bien chaque lettre.',
  },
  structure: { en: 'The organisation that supports you', fr: 'La structure qui vous accompagne' },
  structureName: { en: 'Its name', fr: 'Son nom' },
  siret: { en: 'Its SIRET number, if you know it', fr: 'Son numéro SIRET, si vous le connaissez' },
  referent: { en: 'The person who supports you', fr: 'La personne qui vous accompagne' },
  referentHelp: {
    en: 'We may contact this person when in doubt.',
    fr: 'Nous pouvons la contacter en cas de doute.',
  },
  referentName: { en: 'First name and surname', fr: 'Son prénom et son nom' },
  referentEmail: { en: 'E-mail address, if you know it', fr: 'Son adresse e-mail, si vous la connaissez' },
  answers: { en: 'Your answers', fr: 'Vos réponses' },
  consent: {
    en: 'I have read this text and agree that my data are used in this way',
    fr: 'J’ai lu ce texte et j’accepte que mes données soient utilisées ainsi',
  },
} as const satisfies Record<string, Text>

/** Our own labels, which are in French and in English, for a reader of any language. */
export function labelsIn(language: string): Record<keyof typeof LABELS, string> {
  const ours: Language = baseOf(language) === 'fr' ? 'fr' : 'en'
  return Object.fromEntries(Object.entries(LABELS).map(([name, text]) => [name, say(text, ours)])) as Record<
    keyof typeof LABELS,
    string
  >
}
