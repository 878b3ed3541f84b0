import { USUAL_TROUBLES } from '../../markup/usual-troubles.ts'
import type { Words } from './words.ts'

/** Plain words; a refusal is about the request, never about the person. */
export const ENGLISH: Words = {
  someone: 'Someone',
  yes: 'Yes',
  no: 'No',
  colon: ':',
  closePage: 'You can close this page.',

  canYouConfirm: 'Can you confirm this request?',
  asksFor: (applicant, badge, structure) =>
    `${applicant} asks for the badge “${badge}” and named you as the person who supports them${structure === undefined ? '' : ` (${structure})`}.`,
  whatItRecognises: 'What this badge recognises',
  yourSentence: 'A sentence, if you like',
  sentenceHelp: 'Such as what you saw this person do.',
  goesIntoCredential: (name) =>
    `If you confirm and the request is accepted, your name${name === undefined ? '' : ` (${name})`} and your sentence will be written in the badge. The person shows it to whom they like.`,
  whoReads: 'Whatever you answer can be read by the person and by those who review the request.',
  canChange: 'You can change your answer until the decision.',
  answerSoFar: (answer) =>
    answer === 'confirmed'
      ? 'You have answered already: you confirm.'
      : 'You have answered already: you do not confirm.',
  confirm: 'Yes, I confirm',
  contest: 'No, I do not confirm',
  thanks: 'Thank you, your answer is saved',
  youConfirmed: (applicant, badge) => `You confirm the request of ${applicant}: badge “${badge}”.`,
  youContested: (applicant, badge) =>
    `You do not confirm the request of ${applicant}: badge “${badge}”. Thank you for saying so: someone will read it with care.`,
  changeAnswer: 'Change my answer',

  requestFor: (badge) => `A request for the badge “${badge}”`,
  hello: (name) =>
    `${name === undefined ? 'Hello,' : `Hello ${name},`} you are invited to read this request and to answer it. It holds personal information: please do not pass this link on.`,
  person: 'The person',
  name: 'Name',
  email: 'E-mail address',
  structure: 'Organisation that supports them',
  referent: 'Professional who supports them',
  referentSays: (answer) => {
    if (answer === undefined) return 'has not answered yet'
    return answer === 'confirmed' ? 'confirms the request' : 'does not confirm the request'
  },
  answers: 'Their answers',
  notAnswered: 'No answer',
  files: 'Their documents',
  noFiles: 'No documents.',
  criteria: 'The criteria of the badge',
  criterionComment: 'A remark on this criterion (optional)',
  message: 'Your message to the person',
  messageHelp:
    'Needed to ask for something more or to refuse: say what is missing, and what to do. The person will read it.',
  accept: 'Accept',
  giveBack: 'Ask for something more',
  reject: 'Refuse',
  acceptMeans: 'If you accept, the badge is issued at once and the person is told.',
  waitsForApplicant:
    'The person was asked for something more. You can answer once they have sent the request again.',
  inOtherHands: (reviewer) =>
    `${reviewer} is reading this request: for the moment your answer will not be taken.`,
  severalReviewers: (given, required) =>
    `This request has to be accepted by ${required} people. So far it is by ${given}.`,

  accepted: {
    title: 'Done: the request is accepted',
    advice: 'Thank you! The badge is issued and the person is told.',
  },
  approved: {
    title: 'Thank you, your approval is noted',
    advice: 'Someone else has to approve too before the badge is issued.',
  },
  returned: {
    title: 'Thank you, the person is asked for more',
    advice:
      'The person gets your message. What they gave is kept: they add what is missing, then send the request again.',
  },
  rejected: {
    title: 'Thank you, your answer is sent',
    advice:
      'The request is not accepted. The person gets your explanation, and can make a new request whenever they like.',
  },

  pleaseCorrect: 'There is one thing left to correct',
  notSaved: 'Your answer is not saved yet.',
  fields: {
    answer: 'Your answer',
    sentence: 'Your sentence',
    reason: 'Your message',
    comment: 'Your message',
    checklist: 'The criteria',
  },
  tryAgain: 'Back to the page',
  troubles: {
    'bad-token': {
      title: 'This link does not open',
      advice:
        'A part of the address may be missing. Open the link of the latest message again, or copy all of it into your browser. If it still does not open, ask whoever sent it for a new one.',
    },
    'link-ended': {
      title: 'This link is no longer valid',
      advice:
        'The request was answered already, or the time is over. There is nothing left for you to do. A question? Please ask whoever sent you this link.',
    },
    'not-found': {
      title: 'Not found',
      advice: 'This document is no longer here. Open the request again by the link of the message you got.',
    },
    'request-state': {
      title: 'The request has changed meanwhile',
      advice: 'Somebody answered before you, so your answer is not saved.',
    },
    'request-assigned': {
      title: 'Somebody else is reading this request',
      advice: 'Your answer is not saved. Please try again a little later.',
    },
    'already-approved': {
      title: 'You have given your approval already',
      advice: 'It is noted. Someone else has to approve too.',
    },
    'already-awarded': {
      title: 'This person holds the badge already',
      advice: 'It cannot be issued a second time. You can refuse the request, and say so.',
    },
    'not-published': {
      title: 'This badge is no longer issued',
      advice: 'The request cannot be accepted. Please ask whoever sent you this link.',
    },
    'too-large': { title: 'Your text is too long', advice: 'Please shorten it, then try again.' },
    ...USUAL_TROUBLES.en,
  },
}
