import { dayIn } from '../../../mail/templates/day.ts'
import { type Html, html } from '../../../markup/html.ts'
import { drawPage, type Page } from '../../../markup/layout.ts'
import type { Language } from '../../../messages.ts'
import type { LiveClaim } from '../live-claim.ts'
import type { ClaimLinks } from '../schema.ts'
import { timesCollected } from '../times-collected.ts'
import { type Words, wordsIn } from './words.ts'

/** What the page of a claim shows. */
export interface ClaimView {
  readonly live: LiveClaim
  readonly links: ClaimLinks
  readonly badge: string
  /** A file of /images. */
  readonly image: string | null
}

/** The badge, one large button for whoever has a wallet, and as much for whoever has none. */
export function claimPage(language: Language, view: ClaimView): Page {
  const words = wordsIn(language)
  const { live, badge, image } = view
  const { claim, issuer, collections } = live
  const canCollect = isOpen(live) || live.holder !== undefined
  const body = html`<p>${words.itIsYours(issuer.name)}</p>
${collections.length > 0 && collectedNote(language, live)}
${canCollect && walletSection(words, view)}
${imageSection(words, view)}
${canCollect && computerSection(words, claim.id)}
<p class="soft last">${words.worksUntil(dayIn(language, claim.expiresAt.toISOString()))}</p>`
  const title = words.yourBadge(badge)
  return drawPage({ language, title, sender: issuer.name, image, isLarge: true, body })
}

function computerSection(words: Words, claimId: string): Html {
  return html`<div class="qr">
<h2>${words.onComputer}</h2>
<p>${words.scanWithPhone}</p>
<img src="/interactions/${claimId}/qr.svg" alt="" width="200" height="200" loading="lazy">
</div>`
}

/** May wallets collect that did not yet? Those that proved their DID may come again, whatever others did. */
function isOpen(live: LiveClaim): boolean {
  return timesCollected(live) < live.claim.maxCollections
}

function collectedNote(language: Language, live: LiveClaim): Html {
  const words = wordsIn(language)
  const { collections, issuer, holder } = live
  const day = dayIn(language, collections[0]!.at.toISOString())
  return html`<div class="note"><p><strong>${words.collectedOn(day)}</strong></p>
${holder !== undefined && html`<p>${words.sameWalletAgain}</p>`}
<p>${isOpen(live) ? words.anotherWalletToo : words.noOtherWallet(issuer.name)}</p></div>`
}

function walletSection(words: Words, view: ClaimView): Html {
  const { live, links } = view
  const look = isOpen(live) ? 'chosen' : undefined
  const label = isOpen(live) ? words.addToWallet : words.putBack
  if (live.claim.pin !== null) {
    return html`${codeNote(words, live)}
${button(label, links.openid?.ldp_vc, look)}${otherWallets(words, view)}`
  }
  const { lcw, learncard, openid } = links
  return html`<details><summary class="${look && `${look} `}button">${label}</summary>
<p>${words.whichWallet}</p>
${button('Learner Credential Wallet', lcw)}${button('LearnCard', learncard)}${button(words.otherWallet, openid?.ldp_vc)}${otherWallets(words, view)}</details>`
}

function otherWallets(words: Words, { live, links }: ClaimView): Html {
  const { asu, msp, openid } = links
  return html`<details><summary>${live.claim.pin === null ? words.morePossibilities : words.nothingOpens}</summary>
${button('ASU Pocket', asu)}${button('MySkillsPocket', msp)}${button(words.jwtFormat, openid?.jwt_vc_json)}${button(words.olderFormat, openid?.ldp_vc_v1)}
<p>${words.scanOffer}</p>
<img src="/interactions/${live.claim.id}/qr.svg?of=ldp_vc" alt="" width="200" height="200" loading="lazy"></details>
`
}

function codeNote(words: Words, { claim, issuer }: LiveClaim): Html {
  const where = claim.pin === 'mailed' ? words.codeMailed : words.codeFrom(issuer.name)
  return html`<div class="note"><p><strong>${words.codeNeeded}</strong></p>
<p>${where}</p></div>`
}

function button(label: string, url: string | undefined, look?: 'chosen'): Html | undefined {
  return url === undefined
    ? undefined
    : html`<a class="${look && `${look} `}button" href="${url}">${label}</a>
`
}

/** A claim with a code has none of these: they would go around it. */
function imageSection(words: Words, { links, live }: ClaimView): Html | undefined {
  const { png, verifierplus, linkedin } = links
  if (png === undefined) return undefined
  const heading = live.collections.length > 0 ? words.badgeAsImage : words.noWallet
  return html`<h2>${heading}</h2>
<p>${words.badgeIsImage}</p>
${button(words.downloadImage, png)}<p class="soft">${words.keepInFiles}</p>
<ul class="files">
<li><a href="${verifierplus}">${words.verify}</a></li>
<li><a href="${linkedin}">${words.addToLinkedIn}</a></li>
</ul>`
}
