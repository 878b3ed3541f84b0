import type { Notice } from '../../../markup/usual-troubles.ts'
import type { Language } from '../../../messages.ts'
import { ENGLISH } from './english.ts'
import { FRENCH } from './french.ts'

/** Everything that the pages of a claim say. */
export interface Words {
  readonly yourBadge: (badge: string) => string
  readonly itIsYours: (issuer: string) => string
  // Into a wallet
  readonly addToWallet: string
  readonly putBack: string
  readonly whichWallet: string
  readonly otherWallet: string
  readonly morePossibilities: string
  readonly nothingOpens: string
  readonly jwtFormat: string
  readonly olderFormat: string
  readonly scanOffer: string
  readonly codeNeeded: string
  readonly codeMailed: string
  readonly codeFrom: (issuer: string) => string
  // What was collected before
  readonly collectedOn: (day: string) => string
  readonly sameWalletAgain: string
  readonly anotherWalletToo: string
  readonly noOtherWallet: (issuer: string) => string
  // Without a wallet
  readonly noWallet: string
  readonly badgeAsImage: string
  readonly badgeIsImage: string
  readonly downloadImage: string
  readonly keepInFiles: string
  readonly verify: string
  readonly addToLinkedIn: string
  // Below
  readonly onComputer: string
  readonly scanWithPhone: string
  readonly worksUntil: (day: string) => string
  // A link that has ended
  readonly stillYours: (badge: string) => string
  readonly canSendNew: string
  readonly sendNew: string
  readonly alreadySent: string
  readonly askForNew: (issuer: string) => string
  readonly askWhy: (issuer: string) => string
  readonly contact: (issuer: string) => string
  readonly website: string
  readonly notYourAddress: (issuer: string) => string
  readonly notArrived: (issuer: string) => string
  readonly expired: string
  readonly withdrawn: Notice
  readonly wrongCodes: Notice
  readonly revoked: (badge: string) => Notice
  readonly sent: (issuer: string) => Notice
  readonly notFound: Notice
  readonly fallback: string
}

export function wordsIn(language: Language): Words {
  return language === 'fr' ? FRENCH : ENGLISH
}
