import { typeset } from '../../markup/typeset.ts'
import { USUAL_TROUBLES } from '../../markup/usual-troubles.ts'
import type { Words } from './words.ts'

/** Plain words and vous; a refusal is about the request, never about the person. */
export const FRENCH: Words = typeset({
  someone: 'Une personne',
  yes: 'Oui',
  no: 'Non',
  colon: ' :',
  closePage: 'Vous pouvez fermer cette page.',

  canYouConfirm: 'Pouvez-vous confirmer cette demande ?',
  asksFor: (applicant, badge, structure) =>
    `${applicant} demande le badge « ${badge} » et vous a indiqué·e comme la personne qui l’accompagne${structure === undefined ? '' : ` (${structure})`}.`,
  whatItRecognises: 'Ce que ce badge reconnaît',
  yourSentence: 'Une phrase, si vous le souhaitez',
  sentenceHelp: 'Par exemple ce que vous avez vu cette personne faire.',
  goesIntoCredential: (name) =>
    `Si vous confirmez et que la demande est acceptée, votre nom${name === undefined ? '' : ` (${name})`} et votre phrase seront inscrits dans le badge. La personne le montre à qui elle veut.`,
  whoReads:
    'Votre réponse, quelle qu’elle soit, peut être lue par la personne et par celles qui examinent sa demande.',
  canChange: 'Vous pouvez changer votre réponse jusqu’à la décision.',
  answerSoFar: (answer) =>
    answer === 'confirmed'
      ? 'Vous avez déjà répondu : vous confirmez.'
      : 'Vous avez déjà répondu : vous ne confirmez pas.',
  confirm: 'Oui, je confirme',
  contest: 'Non, je ne confirme pas',
  thanks: 'Merci, votre réponse est enregistrée',
  youConfirmed: (applicant, badge) => `Vous confirmez cette demande : ${applicant}, badge « ${badge} ».`,
  youContested: (applicant, badge) =>
    `Vous ne confirmez pas cette demande : ${applicant}, badge « ${badge} ». Merci de l’avoir dit : une personne va la lire avec attention.`,
  changeAnswer: 'Changer ma réponse',

  requestFor: (badge) => `Une demande de badge « ${badge} »`,
  hello: (name) =>
    `${name === undefined ? 'Bonjour,' : `Bonjour ${name},`} vous êtes invité·e à lire cette demande et à y répondre. Elle contient des informations personnelles : merci de ne pas transmettre ce lien.`,
  person: 'La personne',
  name: 'Nom',
  email: 'Adresse e-mail',
  structure: 'Structure qui l’accompagne',
  referent: 'Professionnel·le qui l’accompagne',
  referentSays: (answer) => {
    if (answer === undefined) return 'n’a pas encore répondu'
    return answer === 'confirmed' ? 'confirme la demande' : 'ne confirme pas la demande'
  },
  answers: 'Ses réponses',
  notAnswered: 'Pas de réponse',
  files: 'Ses documents',
  noFiles: 'Aucun document.',
  criteria: 'Les critères du badge',
  criterionComment: 'Une remarque sur ce critère (facultatif)',
  message: 'Votre message à la personne',
  messageHelp:
    'Nécessaire pour demander un complément ou pour refuser : dites ce qui manque, et comment faire. La personne le lira.',
  accept: 'Accepter',
  giveBack: 'Demander un complément',
  reject: 'Refuser',
  acceptMeans: 'Si vous acceptez, le badge est délivré tout de suite et la personne en est prévenue.',
  waitsForApplicant:
    'Un complément a été demandé à la personne. Vous pourrez répondre quand elle aura renvoyé sa demande.',
  inOtherHands: (reviewer) =>
    `${reviewer} est en train de lire cette demande : pour le moment, votre réponse ne pourra pas être enregistrée.`,
  severalReviewers: (given, required) =>
    `Cette demande doit être acceptée par ${required} personnes. Elle l’est pour l’instant par ${given}.`,

  accepted: {
    title: 'C’est fait : la demande est acceptée',
    advice: 'Merci ! Le badge est délivré et la personne en est prévenue.',
  },
  approved: {
    title: 'Merci, votre accord est noté',
    advice: 'Il faut encore l’accord d’une autre personne avant que le badge soit délivré.',
  },
  returned: {
    title: 'Merci, le complément est demandé',
    advice:
      'La personne reçoit votre message. Ce qu’elle a donné est gardé : elle ajoute ce qui manque, puis renvoie sa demande.',
  },
  rejected: {
    title: 'Merci, votre réponse est envoyée',
    advice:
      'La demande n’est pas acceptée. La personne reçoit votre explication, et peut faire une nouvelle demande quand elle le souhaite.',
  },

  pleaseCorrect: 'Il reste une chose à corriger',
  notSaved: 'Votre réponse n’est pas encore enregistrée.',
  fields: {
    answer: 'Votre réponse',
    sentence: 'Votre phrase',
    reason: 'Votre message',
    comment: 'Votre message',
    checklist: 'Les critères',
  },
  tryAgain: 'Revenir à la page',
  troubles: {
    'bad-token': {
      title: 'Ce lien ne s’ouvre pas',
      advice:
        'Il manque peut-être un morceau de l’adresse. Rouvrez le lien du dernier message reçu, ou copiez-le en entier dans votre navigateur. S’il ne s’ouvre toujours pas, demandez-en un nouveau à la personne qui vous l’a envoyé.',
    },
    'link-ended': {
      title: 'Ce lien n’est plus valable',
      advice:
        'Une réponse a déjà été donnée à cette demande, ou le délai est passé. Vous n’avez plus rien à faire. Une question ? Adressez-vous à la personne qui vous a envoyé ce lien.',
    },
    'not-found': {
      title: 'Introuvable',
      advice: 'Ce document n’est plus là. Rouvrez la demande par le lien du message que vous avez reçu.',
    },
    'request-state': {
      title: 'La demande a changé entre-temps',
      advice: 'Une autre réponse a été donnée avant la vôtre, qui n’est donc pas enregistrée.',
    },
    'request-assigned': {
      title: 'Une autre personne lit cette demande',
      advice: 'Votre réponse n’est pas enregistrée. Réessayez un peu plus tard.',
    },
    'already-approved': {
      title: 'Vous avez déjà donné votre accord',
      advice: 'Il est bien noté. Il faut encore celui d’une autre personne.',
    },
    'already-awarded': {
      title: 'Cette personne a déjà ce badge',
      advice: 'Il ne peut pas être délivré une seconde fois. Vous pouvez refuser la demande, en le disant.',
    },
    'not-published': {
      title: 'Ce badge n’est plus délivré',
      advice: 'La demande ne peut pas être acceptée. Adressez-vous à la personne qui vous a envoyé ce lien.',
    },
    'too-large': { title: 'Votre texte est trop long', advice: 'Raccourcissez-le, puis réessayez.' },
    ...USUAL_TROUBLES.fr,
  },
})
