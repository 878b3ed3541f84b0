import type { Notice } from '../../markup/usual-troubles.ts'
import type { Language } from '../../messages.ts'
import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'

/** Everything that the pages say. */
export interface Words {
  readonly someone: string
  readonly yes: string
  readonly no: string
  /** Between a name and what is said of it. */
  readonly colon: string
  readonly closePage: string
  // The page of the accompanying professional
  readonly canYouConfirm: string
  readonly asksFor: (applicant: string, badge: string, structure: string | undefined) => string
  readonly whatItRecognises: string
  readonly yourSentence: string
  readonly sentenceHelp: string
  readonly goesIntoCredential: (name: string | undefined) => string
  readonly whoReads: string
  readonly canChange: string
  readonly answerSoFar: (answer: 'confirmed' | 'contested') => string
  readonly confirm: string
  readonly contest: string
  readonly thanks: string
  readonly youConfirmed: (applicant: string, badge: string) => string
  readonly youContested: (applicant: string, badge: string) => string
  readonly changeAnswer: string
  // The page of a reviewer
  readonly requestFor: (badge: string) => string
  readonly hello: (name: string | undefined) => string
  readonly person: string
  readonly name: string
  readonly email: string
  readonly structure: string
  readonly referent: string
  readonly referentSays: (answer: 'confirmed' | 'contested' | undefined) => string
  readonly answers: string
  readonly notAnswered: string
  readonly files: string
  readonly noFiles: string
  readonly criteria: string
  readonly criterionComment: string
  readonly message: string
  readonly messageHelp: string
  readonly accept: string
  readonly giveBack: string
  readonly reject: string
  readonly acceptMeans: string
  readonly waitsForApplicant: string
  readonly inOtherHands: (reviewer: string) => string
  readonly severalReviewers: (given: number, required: number) => string
  // What a reviewer's answer led to
  readonly accepted: Notice
  readonly approved: Notice
  readonly returned: Notice
  readonly rejected: Notice
  // When something stands in the way
  readonly pleaseCorrect: string
  readonly notSaved: string
  readonly fields: Readonly<Record<string, string>>
  readonly tryAgain: string
  readonly troubles: Readonly<Record<string, Notice>>
}

export function wordsIn(language: Language): Words {
  return language === 'fr' ? FRENCH : ENGLISH
}
