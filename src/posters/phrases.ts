import type { Text } from '../messages.ts'

/** What a poster says in words of its own. */
export const PHRASES = {
  criteria: { en: 'How to earn it', fr: 'Pour l’obtenir' },
  evidence: { en: 'What can prove it', fr: 'Ce qui peut le prouver' },
  ask: { en: 'Ask for this badge', fr: 'Demandez ce badge' },
  learn: { en: 'Find out more', fr: 'En savoir plus' },
  scan: {
    en: 'Scan the code with the camera of your phone, or open this address:',
    fr: 'Scannez le code avec l’appareil photo de votre téléphone, ou ouvrez cette adresse\u202f:',
  },
  criteriaAt: {
    en: 'What is asked is described here: {url}',
    fr: 'Ce qui est demandé est décrit ici\u202f: {url}',
  },
  question: { en: 'A question?', fr: 'Une question\u202f?' },
  issuedBy: { en: 'Issued by {issuer}', fr: 'Délivré par {issuer}' },
} as const satisfies Record<string, Text>
