import { typeset } from '../../../markup/typeset.ts'
import type { Words } from './words.ts'

/** Plain words and vous, for people who never heard of a wallet. */
export const FRENCH: Words = typeset({
  yourBadge: (badge) => `Votre badge « ${badge} »`,
  itIsYours: (issuer) =>
    `${issuer} vous remet ce badge. Il est à vous : gardez-le, et montrez-le à qui vous voulez.`,

  addToWallet: 'Ajouter à mon portefeuille numérique',
  putBack: 'Le remettre dans mon portefeuille',
  whichWallet: 'Quel portefeuille utilisez-vous ?',
  otherWallet: 'Un autre portefeuille (OpenID)',
  morePossibilities: 'Le vôtre n’y est pas, ou rien ne s’ouvre ?',
  nothingOpens: 'Rien ne s’ouvre ?',
  jwtFormat: 'Essayer d’une autre façon (1)',
  olderFormat: 'Essayer d’une autre façon (2)',
  scanOffer: 'Votre portefeuille doit scanner un code ? Affichez cette page sur un autre écran :',
  codeNeeded: 'Votre portefeuille vous demandera un code.',
  codeMailed: 'Ce code est dans un autre message, que vous avez reçu par e-mail.',
  codeFrom: (issuer) => `Ce code vous est donné par ${issuer}.`,

  collectedOn: (day) => `C’est fait : ce badge est dans un portefeuille depuis le ${day}.`,
  sameWalletAgain: 'Vous l’avez effacé par erreur ? Le même portefeuille peut le reprendre ici.',
  anotherWalletToo: 'Vous pouvez encore l’ajouter à un autre portefeuille.',
  noOtherWallet: (issuer) => `Pour un autre portefeuille, demandez un nouveau lien à ${issuer}.`,

  noWallet: 'Pas de portefeuille ? Ce n’est pas grave',
  badgeAsImage: 'Votre badge en image',
  badgeIsImage:
    'Votre badge est aussi une image. La preuve est à l’intérieur : toute personne à qui vous donnez l’image peut la faire vérifier.',
  downloadImage: 'Télécharger l’image',
  keepInFiles: 'Sur iPhone, enregistrez-la dans « Fichiers » : dans « Photos », la preuve s’efface.',
  verify: 'Voir et vérifier mon badge',
  addToLinkedIn: 'L’ajouter à mon profil LinkedIn',

  onComputer: 'Vous êtes sur un ordinateur ?',
  scanWithPhone: 'Scannez ce code avec l’appareil photo de votre téléphone pour continuer sur celui-ci.',
  worksUntil: (day) =>
    `Ce lien est valable jusqu’au ${day}. Il est personnel : merci de ne pas le transmettre.`,

  stillYours: (badge) => `Rien n’est perdu : le badge « ${badge} » est toujours à vous.`,
  canSendNew: 'Nous pouvons vous envoyer un nouveau lien, à l’adresse e-mail qui a été donnée pour ce badge.',
  sendNew: 'Recevoir un nouveau lien',
  alreadySent:
    'Un nouveau lien vous a déjà été envoyé par e-mail. Regardez aussi dans les courriers indésirables.',
  askForNew: (issuer) => `Pour obtenir un nouveau lien, adressez-vous à ${issuer}.`,
  askWhy: (issuer) => `Une question ? Adressez-vous à ${issuer}.`,
  contact: (issuer) => `Écrire à ${issuer}`,
  website: 'Aller sur son site',
  notYourAddress: (issuer) => `Votre adresse a changé ? Adressez-vous à ${issuer}.`,
  notArrived: (issuer) => `Vous n’avez rien reçu d’ici demain ? Adressez-vous à ${issuer}.`,
  expired: 'Ce lien a expiré',
  withdrawn: {
    title: 'Ce lien n’est plus valable',
    advice: 'Il a été retiré par l’organisme qui vous l’a envoyé.',
  },
  wrongCodes: {
    title: 'Ce lien est bloqué',
    advice: 'Un mauvais code a été tapé cinq fois. Par sécurité, ce lien ne s’ouvre plus.',
  },
  revoked: (badge) => ({
    title: 'Ce badge n’est plus valable',
    advice: `Le badge « ${badge} » a été révoqué : il ne peut plus être récupéré.`,
  }),
  sent: (issuer) => ({
    title: 'Un nouveau lien est en route',
    advice: `Regardez vos e-mails dans quelques minutes, et aussi les courriers indésirables. Expéditeur : ${issuer}.`,
  }),
  notFound: {
    title: 'Ce lien ne s’ouvre pas',
    advice:
      'Il manque peut-être un morceau de l’adresse. Rouvrez le lien du message que vous avez reçu, ou copiez-le en entier dans votre navigateur. S’il ne s’ouvre toujours pas, demandez-en un nouveau à l’organisme qui vous remet le badge.',
  },
  fallback: 'Rouvrez le lien du message que vous avez reçu.',
})
