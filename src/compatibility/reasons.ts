import { baseOf } from '../badge-classes/localized-text.ts'
import type { Params } from '../messages.ts'
import type { BadgeFacts } from './facts.ts'
import type { ReasonCode } from './messages.ts'
import { isToken, MOST_VALUES } from './samples.ts'
import type { KeptFormat, WalletFamily } from './wallets.ts'

/** `blocks`: it cannot be kept; `limits`: something is lost; `note`: good to know. */
export const SEVERITIES = ['blocks', 'limits', 'note'] as const
type Severity = (typeof SEVERITIES)[number]

/** Why a badge fits a family less than wholly. */
export interface Reason {
  readonly code: ReasonCode
  readonly severity: Severity
  readonly params?: Params
}

/** What a badge is to one family of wallets. */
export interface Fitness {
  readonly fits: 'yes' | 'partly' | 'no'
  /** The forms that it keeps of this badge, the best first; none where it does not fit. */
  readonly formats: readonly KeptFormat[]
  readonly reasons: readonly Reason[]
}

type Rule = (family: WalletFamily, facts: BadgeFacts) => (Reason | undefined)[]

const blocks = (code: ReasonCode, params: Params = {}): Reason => ({ code, severity: 'blocks', params })
const limits = (code: ReasonCode, params: Params = {}): Reason => ({ code, severity: 'limits', params })
const note = (code: ReasonCode, params: Params = {}): Reason => ({ code, severity: 'note', params })

// What a phone shows at once and in full. No wallet sets these bounds: they are advice, and notes only.
const HEAVY_IMAGE_BYTES = 500_000
const SMALL_IMAGE_PIXELS = 200
const LARGE_CREDENTIAL_BYTES = 50_000
const LONG_NAME = 100

/** Does a badge fit a family, and why not? The gravest reasons come first. */
export function fitnessOf(family: WalletFamily, facts: BadgeFacts): Fitness {
  if (family.refuses) return { fits: 'no', formats: [], reasons: [blocks(family.refuses)] }
  const { formats, faults } = formatsOf(family, facts)
  const found = [...faults, ...RULES.flatMap((rule) => rule(family, facts))].filter(
    (one) => one !== undefined,
  )
  const reasons = SEVERITIES.flatMap((severity) => found.filter((one) => one.severity === severity))
  const worst = reasons[0]?.severity
  if (worst === 'blocks') return { fits: 'no', formats: [], reasons }
  return { fits: worst === 'limits' ? 'partly' : 'yes', formats, reasons }
}

/** The forms that are made and hold; why the others do not blocks where none is left. */
function formatsOf(family: WalletFamily, facts: BadgeFacts): { formats: KeptFormat[]; faults: Reason[] } {
  const { proofSuite } = facts.issuer
  const isSuite = (format: KeptFormat) => format === 'eddsa-rdfc-2022' || format === 'Ed25519Signature2020'
  // Who takes files has the choice; every other way delivers the issuer's own proof.
  const delivered = family.formats.filter(
    (format) => !isSuite(format) || format === proofSuite || family.protocols.includes('file'),
  )
  const judged = delivered.map((format) => ({ format, fault: formatFault(format, facts) }))
  const formats = judged.flatMap(({ format, fault }) => (fault ? [] : [format]))
  const say = formats.length === 0 ? blocks : note
  const faults = judged.flatMap(({ fault }) => (fault ? [say(fault.code, fault.params)] : []))
  const told = new Map(faults.map((fault) => [JSON.stringify(fault), fault]))
  return { formats, faults: [...told.values()] }
}

function formatFault(
  format: KeptFormat,
  { samples, missingKeys, issuer, hasTooManyParts }: BadgeFacts,
): { code: ReasonCode; params: Params } | undefined {
  if (format === 'url') return undefined
  const algorithm = isToken(format) ? 'P-256' : 'Ed25519'
  if (missingKeys.includes(algorithm)) return { code: 'no-key', params: { algorithm } }
  if (hasTooManyParts && !isToken(format)) return { code: 'too-many-parts', params: { max: MOST_VALUES } }
  const isVerified = samples.some((sample) => sample.format === format && sample.verified)
  if (!isVerified) return { code: 'sample-fails', params: { format } }
  // Wallets resolve the issuer's DID; the validator alone also takes a key at an address of its own.
  if (format === 'jwt_vc_json' && issuer.didMethod === 'key') {
    return { code: 'jwt-key-elsewhere', params: { format } }
  }
  return undefined
}

const address: Rule = ({ protocols, verifies }, facts) => {
  const { reach, isIpAddress, hasPort, origin, issuer } = facts
  const needsDid = verifies && issuer.didMethod === 'web'
  if (reach !== 'public') {
    // The file still verifies by a did:key; its image and its status cannot be fetched.
    const say = protocols.includes('file') && verifies && !needsDid ? limits : blocks
    return [say(reach === 'local' ? 'origin-local' : 'origin-http', { origin })]
  }
  if (needsDid && isIpAddress) return [blocks('origin-ip', { origin })]
  return [needsDid && hasPort ? note('origin-port', { origin }) : undefined]
}

const issuer: Rule = ({ doubtsOlderProof, maxDidDocumentBytes: max, verifies }, facts) => {
  const { didMethod, proofSuite } = facts.issuer
  const { didDocumentBytes: bytes } = facts
  return [
    max !== undefined && didMethod === 'web' && bytes > max
      ? blocks('did-document-large', { bytes, max })
      : undefined,
    doubtsOlderProof && proofSuite === 'Ed25519Signature2020' ? limits('older-proof') : undefined,
    verifies && didMethod === 'key' ? note('issuer-unnamed') : undefined,
  ]
}

const picture: Rule = (family, { image }) => {
  if (family.image === 'unused') return []
  if (image === 'none') return [limits('image-none')]
  if (image === 'lost') return [limits('image-lost')]
  const { kind, bytes, width, height } = image
  return [
    kind !== 'svg' ? undefined : family.image === 'png' ? limits('image-svg') : note('image-svg-doubtful'),
    bytes > HEAVY_IMAGE_BYTES
      ? note('image-heavy', { kilobytes: Math.ceil(bytes / 1000), width, height })
      : undefined,
    Math.max(width, height) < SMALL_IMAGE_PIXELS ? note('image-small', { width, height }) : undefined,
  ]
}

const content: Rule = ({ protocols, formats }, { badge, samples, issuer }) => {
  const { name, criteria, achievementType, language } = badge.version.content
  const bytes = samples.find(({ format }) => format === issuer.proofSuite)?.bytes ?? 0
  const length = [...name].length
  const isShown = formats.some((format) => format !== 'url')
  const isCollected = protocols.some((protocol) => protocol !== 'file')
  return [
    isShown && bytes > LARGE_CREDENTIAL_BYTES
      ? note('credential-large', { kilobytes: Math.ceil(bytes / 1000) })
      : undefined,
    length > LONG_NAME ? note('name-long', { length, max: LONG_NAME }) : undefined,
    isShown && criteria.narrative === undefined ? note('criteria-elsewhere') : undefined,
    isShown && achievementType?.startsWith('ext:')
      ? note('type-of-your-own', { type: achievementType })
      : undefined,
    isCollected && language !== undefined && !['fr', 'en'].includes(baseOf(language))
      ? note('pages-in-french', { language })
      : undefined,
  ]
}

const standing: Rule = (family, { badge }) => {
  const { status } = badge.badgeClass
  const isBound = badge.version.content.claimBinding !== 'none'
  return [
    status === 'draft' ? note('not-published') : undefined,
    status === 'archived' ? note('archived') : undefined,
    family.bindsByLinkOnly && isBound ? note('bound-by-link') : undefined,
    ...(family.notes ?? []).map((code) => note(code)),
  ]
}

const RULES: readonly Rule[] = [address, issuer, picture, content, standing]
