import type { Language } from '../messages.ts'

/** Why a page says what it says: a title, and what to do now. */
export interface Notice {
  readonly title: string
  readonly advice: string
}

/** What can stand in the way of every page, by the code of its problem. */
export const USUAL_TROUBLES: Readonly<Record<Language, Readonly<Record<string, Notice>>>> = {
  en: {
    'rate-limited': { title: 'One moment, please', advice: 'Please try again in a minute.' },
    internal: {
      title: 'Something went wrong on our side',
      advice: 'It is not your fault. Please try again in a few minutes.',
    },
    unavailable: {
      title: 'The service takes a short break',
      advice: 'Please try again in a few minutes.',
    },
  },
  fr: {
    'rate-limited': { title: 'Un instant, s’il vous plaît', advice: 'Réessayez dans une minute.' },
    internal: {
      title: 'Un problème est survenu de notre côté',
      advice: 'Ce n’est pas de votre faute. Réessayez dans quelques minutes.',
    },
    unavailable: {
      title: 'Le service fait une courte pause',
      advice: 'Réessayez dans quelques minutes.',
    },
  },
}
