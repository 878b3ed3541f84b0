import { distance } from 'fastest-levenshtein'
import { Email, FORMATS } from '../fields.ts'

/** Where people in France have their addresses: what a mistyped domain is corrected to. */
const USUAL = [
  ...['gmail.com', 'yahoo.fr', 'yahoo.com', 'hotmail.fr', 'hotmail.com', 'outlook.fr', 'outlook.com'],
  ...[
    'orange.fr',
    'wanadoo.fr',
    'free.fr',
    'sfr.fr',
    'laposte.net',
    'live.fr',
    'icloud.com',
    'neuf.fr',
    'bbox.fr',
  ],
  ...[
    'protonmail.com',
    'proton.me',
    'numericable.fr',
    'club-internet.fr',
    'aliceadsl.fr',
    'msn.com',
    'gmx.fr',
  ],
]

/** Real domains, or such as may be, that look like a usual one. */
const OTHERS = [
  ...['mail.com', 'email.com', 'ymail.com', 'gail.com', 'googlemail.com', 'me.com', 'mac.com', 'cloud.com'],
  ...[
    'orange.com',
    'laposte.fr',
    'protonmail.ch',
    'pm.me',
    'aol.com',
    'aol.fr',
    'live.com',
    'hey.com',
    'neuf.com',
  ],
  ...[
    'free.com',
    'sfr.com',
    'cegetel.net',
    'dbmail.com',
    'tutanota.com',
    'yandex.com',
    'grange.fr',
    'bbox.com',
  ],
]

const COUNTRIES =
  'ar|at|au|be|br|ca|ch|cl|cn|cz|de|dk|es|fi|fr|gr|hk|hr|hu|ie|il|in|it|jp|kr|lt|lu|lv|ma|mx|nl|no|nz|pe|ph|pl|pt|ro|rs|ru|se|sg|si|sk|th|tn|tr|tw|ua|uk|us|vn|za'

/** Providers that have a domain in many countries. */
const MANY_COUNTRIES = new RegExp(
  `^(hotmail|outlook|live|yahoo|gmx|msn|ymail|rocketmail)\\.((com?\\.)?(${COUNTRIES})|com|net|org)$`,
)

/** Top-level domains that exist, one letter away from `fr`. */
const NEAR_FR = [
  'ar',
  'br',
  'cr',
  'er',
  'gr',
  'hr',
  'ir',
  'kr',
  'lr',
  'mr',
  'nr',
  'pr',
  'sr',
  'tr',
  'fi',
  'fj',
  'fk',
  'fm',
  'fo',
]

/** Nothing around it and nothing instead of anything. */
const PLAIN = /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/

const AT = /\s*[([{<]\s*(?:at|arobase|@)\s*[)\]}>]\s*|\s+(?:at|arobase)\s+/i

/**
 * What an address was probably meant to be: for one that is no address, the one that can be read in it; for one
 * that is, the usual domain that its own is a slip of the finger away from. A domain that may well be real is
 * left alone.
 * @returns an address that we would take; undefined when there is nothing to suggest
 */
export function suggestAddress(email: string): string | undefined {
  if (email.length > MAX_LENGTH) return undefined
  const address = PLAIN.test(email) ? email : repair(email)
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  const domain = address.slice(at + 1)
  const suggestion =
    at < 0 ? splitAtDomain(address) : `${local}@${usualDomain(domain.toLowerCase()) ?? domain}`
  if (suggestion === undefined || suggestion === email) return undefined
  return suggestion.length <= (Email as { maxLength?: number }).maxLength! && FORMATS.email!(suggestion)
    ? suggestion
    : undefined
}

/** Longer than any address with a name around it; the patterns below are not made for more. */
const MAX_LENGTH = 400

/** The bare address in what was written around and instead of it. */
function repair(text: string): string {
  const bare = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text
  return bare
    .trim()
    .replace(/^mailto:/i, '')
    .replace(AT, '@')
    .replace(/[\s\u200b-\u200f\u2060]+/g, '')
    .replace(/@{2,}/g, '@')
    .replace(/(@.*)/, (domain) =>
      domain
        .replaceAll(/[,;:]/g, '.')
        .replace(/\.{2,}/g, '.')
        .replace('@.', '@'),
    )
    .replace(/^["'(]+|["'),;:.]+$/g, '')
}

/** `jean.dupontgmail.com`: the `@` is missing before a usual domain. */
function splitAtDomain(text: string): string | undefined {
  const domain = USUAL.filter((usual) => text.toLowerCase().endsWith(usual)).sort(
    (a, b) => b.length - a.length,
  )[0]
  if (domain === undefined) return undefined
  const local = text.slice(0, -domain.length).replace(/[.\-_]$/, '')
  return local === '' ? undefined : `${local}@${domain}`
}

function usualDomain(domain: string): string | undefined {
  if (domain === 'gmail.fr') return 'gmail.com'
  if (USUAL.includes(domain) || OTHERS.includes(domain) || MANY_COUNTRIES.test(domain)) return undefined
  const near = USUAL.filter((usual) => isSlip(domain, usual))
  return near.sort((a, b) => distance(domain, a) - distance(domain, b))[0]
}

function isSlip(domain: string, usual: string): boolean {
  if (Math.abs(domain.length - usual.length) > 2) return false
  const [label, top] = parts(domain)
  const [usualLabel, usualTop] = parts(usual)
  if (label === usualLabel) return isOneSlip(top, usualTop) && !NEAR_FR.includes(top)
  // A short name, or one with another first letter, is soon somebody else's.
  if (usualLabel.length < 5 || !sameStart(domain, usual)) return false
  return (
    isOneSlip(domain, usual) ||
    (usualLabel.length >= 7 && top === usualTop && distance(label, usualLabel) <= 2)
  )
}

/** One letter too many, too few or wrong, or two that changed places. */
function isOneSlip(text: string, meant: string): boolean {
  if (distance(text, meant) <= 1) return true
  if (text.length !== meant.length) return false
  const i = [...text].findIndex((char, at) => char !== meant[at])
  return text.slice(0, i) + text[i + 1] + text[i] + text.slice(i + 2) === meant
}

function sameStart(a: string, b: string): boolean {
  return a[0] === b[0] || (a[0] === b[1] && a[1] === b[0])
}

function parts(domain: string): [label: string, top: string] {
  const dot = domain.lastIndexOf('.')
  return [domain.slice(0, Math.max(dot, 0)), domain.slice(dot + 1)]
}
