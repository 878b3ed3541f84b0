import type { Words } from './words.ts'

/** Plain words, for people who never heard of a wallet. */
export const ENGLISH: Words = {
  yourBadge: (badge) => `Your badge “${badge}”`,
  itIsYours: (issuer) =>
    `${issuer} gives you this badge. It is yours: keep it, and show it to whom you like.`,

  addToWallet: 'Add to my digital wallet',
  putBack: 'Put it back into my wallet',
  whichWallet: 'Which wallet do you use?',
  otherWallet: 'Another wallet (OpenID)',
  morePossibilities: 'Yours is not here, or nothing opens?',
  nothingOpens: 'Nothing opens?',
  jwtFormat: 'Try another way (1)',
  olderFormat: 'Try another way (2)',
  scanOffer: 'Does your wallet scan a code? Show this page on another screen:',
  codeNeeded: 'Your wallet will ask you for a code.',
  codeMailed: 'This code is in another message, which you got by e-mail.',
  codeFrom: (issuer) => `${issuer} gives you this code.`,

  collectedOn: (day) => `Done: this badge has been in a wallet since ${day}.`,
  sameWalletAgain: 'Deleted it by mistake? The same wallet can take it again here.',
  anotherWalletToo: 'You can still add it to another wallet.',
  noOtherWallet: (issuer) => `For another wallet, ask ${issuer} for a new link.`,

  noWallet: 'No wallet? No problem',
  badgeAsImage: 'Your badge as an image',
  badgeIsImage:
    'Your badge is also an image. The proof is inside: whoever you give it to can have it verified.',
  downloadImage: 'Download the image',
  keepInFiles: 'On an iPhone, save it to “Files”: in “Photos”, the proof is lost.',
  verify: 'See and verify my badge',
  addToLinkedIn: 'Add it to my LinkedIn profile',

  onComputer: 'Are you at a computer?',
  scanWithPhone: 'Scan this code with the camera of your phone to go on there.',
  worksUntil: (day) => `This link works until ${day}. It is for you alone: please do not pass it on.`,

  stillYours: (badge) => `Nothing is lost: the badge “${badge}” is still yours.`,
  canSendNew: 'We can send you a new link, to the e-mail address that was given for this badge.',
  sendNew: 'Send me a new link',
  alreadySent: 'A new link was sent to you by e-mail already. Please look in your spam folder too.',
  askForNew: (issuer) => `To get a new link, please ask ${issuer}.`,
  askWhy: (issuer) => `A question? Please ask ${issuer}.`,
  contact: (issuer) => `Write to ${issuer}`,
  website: 'Go to its website',
  notYourAddress: (issuer) => `Has your address changed? Please ask ${issuer}.`,
  notArrived: (issuer) => `Nothing has come by tomorrow? Please ask ${issuer}.`,
  expired: 'This link has expired',
  withdrawn: {
    title: 'This link is no longer valid',
    advice: 'It was withdrawn by the organisation that sent it to you.',
  },
  wrongCodes: {
    title: 'This link is blocked',
    advice: 'A wrong code was typed five times. For safety, this link opens no more.',
  },
  revoked: (badge) => ({
    title: 'This badge is no longer valid',
    advice: `The badge “${badge}” was revoked: it can no longer be collected.`,
  }),
  sent: (issuer) => ({
    title: 'A new link is on its way',
    advice: `Look at your e-mails in a few minutes, and in your spam folder too. The message comes from ${issuer}.`,
  }),
  notFound: {
    title: 'This link does not open',
    advice:
      'A part of the address may be missing. Open the link of the message that you got again, or copy all of it into your browser. If it still does not open, ask the organisation that gives you the badge for a new one.',
  },
  fallback: 'Please open the link of the message that you got again.',
}
