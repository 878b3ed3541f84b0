import type { Text } from '../messages.ts'
import type { ReasonCode } from './messages.ts'
import { SAMPLE_FORMATS, type SampleFormat } from './samples.ts'

/** What a family can keep of a badge: a credential in one of its forms, or the address of one. */
export const KEPT_FORMATS = [...SAMPLE_FORMATS, 'url'] as const
export type KeptFormat = SampleFormat | 'url'

/** The ways by which a badge gets there: asked for by a protocol, handed over as a file, or known by its address. */
export const PROTOCOLS = ['vcapi', 'openid4vci-1.0', 'openid4vci-draft-13', 'file', 'url'] as const
type Protocol = (typeof PROTOCOLS)[number]

/** What one kind of wallet takes, by its sources or by what its makers write. */
export interface WalletFamily {
  readonly family: string
  readonly name: string | Text
  readonly protocols: readonly Protocol[]
  /** The forms that it keeps, the best first. */
  readonly formats: readonly KeptFormat[]
  /** Of pictures: `png` alone is drawn, both may be, or none is shown. */
  readonly image: 'png' | 'any' | 'unused'
  /** Does it look up the issuer's keys? */
  readonly verifies: boolean
  /** Its resolver reads no larger DID document, in bytes. */
  readonly maxDidDocumentBytes?: number
  /** Ed25519Signature2020 is not what it is certified for. */
  readonly doubtsOlderProof?: true
  /** By a QR code it loses a badge that is bound to a wallet. */
  readonly bindsByLinkOnly?: true
  /** What holds for every badge. */
  readonly notes?: readonly ReasonCode[]
  /** Why it keeps no Open Badge at all. */
  readonly refuses?: ReasonCode
}

const EMBEDDED = ['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const
const OLDER = ['jwt_vc_json', 'ldp_vc_v1'] as const
const OPENID = ['openid4vci-1.0', 'openid4vci-draft-13'] as const
const REFUSED = { protocols: [], formats: [], image: 'unused', verifies: false } as const

/** In the order in which they are told. What is not known of a family is left out, and nothing is claimed about it. */
export const WALLET_FAMILIES: readonly WalletFamily[] = [
  {
    family: 'learner-credential-wallet',
    name: 'Learner Credential Wallet',
    protocols: ['vcapi', 'file', 'url'],
    formats: [...EMBEDDED, 'png'],
    // It draws by React Native's Image, which knows no SVG.
    image: 'png',
    verifies: true,
    maxDidDocumentBytes: 8192,
    bindsByLinkOnly: true,
    notes: ['not-in-registry'],
  },
  {
    family: 'learncard',
    name: 'LearnCard',
    protocols: ['vcapi', ...OPENID],
    formats: [...EMBEDDED, 'jwt_vc_json'],
    image: 'any',
    verifies: true,
  },
  {
    family: 'asu-pocket-msp',
    name: 'ASU Pocket, MySkillsPocket',
    protocols: ['vcapi'],
    formats: EMBEDDED,
    image: 'any',
    verifies: true,
    notes: ['unconfirmed'],
  },
  {
    family: 'digital-bazaar',
    name: 'Digital Bazaar (Veres)',
    protocols: ['vcapi', ...OPENID],
    formats: EMBEDDED,
    image: 'any',
    verifies: true,
  },
  {
    family: 'walt-id',
    name: 'walt.id',
    protocols: ['openid4vci-1.0'],
    formats: ['jwt_vc_json'],
    image: 'any',
    verifies: true,
  },
  {
    family: 'credo-paradym',
    name: 'Credo, Paradym',
    protocols: OPENID,
    formats: OLDER,
    image: 'any',
    verifies: true,
  },
  {
    family: 'inji',
    name: 'Inji',
    protocols: ['openid4vci-draft-13'],
    formats: EMBEDDED,
    image: 'any',
    verifies: true,
    notes: ['scan-only'],
  },
  {
    family: 'unime',
    name: 'UniMe (edubadges)',
    protocols: ['openid4vci-draft-13'],
    formats: ['jwt_vc_json'],
    image: 'any',
    verifies: true,
    notes: ['unconfirmed'],
  },
  {
    family: 'altme',
    name: 'Altme, Talao',
    protocols: ['openid4vci-draft-13'],
    formats: OLDER,
    image: 'any',
    verifies: true,
    notes: ['unconfirmed'],
  },
  {
    family: 'openid4vci-1.0',
    name: { en: 'Other OpenID4VCI 1.0 wallets', fr: 'Autres portefeuilles OpenID4VCI 1.0' },
    protocols: ['openid4vci-1.0'],
    formats: [...EMBEDDED, ...OLDER],
    image: 'any',
    verifies: true,
  },
  {
    family: 'openid4vci-draft-13',
    name: { en: 'Other OpenID4VCI draft 13 wallets', fr: 'Autres portefeuilles OpenID4VCI draft 13' },
    protocols: ['openid4vci-draft-13'],
    formats: [...EMBEDDED, ...OLDER],
    image: 'any',
    verifies: true,
  },
  {
    family: 'backpacks',
    name: {
      en: 'Open Badge Passport, Canvas Credentials, SOLO and other backpacks',
      fr: 'Open Badge Passport, Canvas Credentials, SOLO et autres sacs à badges',
    },
    protocols: ['file', 'url'],
    formats: [...EMBEDDED, 'png', 'svg'],
    image: 'any',
    verifies: true,
    doubtsOlderProof: true,
    notes: ['same-address', 'unconfirmed'],
  },
  {
    family: '1edtech-validator',
    name: { en: '1EdTech public validator', fr: 'Vérificateur public de 1EdTech' },
    protocols: ['file', 'url'],
    formats: [...EMBEDDED, 'vc-jwt', 'png', 'svg'],
    image: 'unused',
    verifies: true,
    doubtsOlderProof: true,
  },
  {
    family: 'verifierplus',
    name: 'VerifierPlus',
    protocols: ['url'],
    formats: EMBEDDED,
    image: 'any',
    verifies: true,
    maxDidDocumentBytes: 8192,
    notes: ['not-in-registry'],
  },
  {
    family: 'linkedin',
    name: 'LinkedIn',
    protocols: ['url'],
    formats: ['url'],
    image: 'unused',
    verifies: false,
    notes: ['link-only'],
  },
  {
    family: 'mail-and-paper',
    name: { en: 'By e-mail, as a link or on paper', fr: 'Par e-mail, par un lien ou sur papier' },
    protocols: ['file', 'url'],
    formats: ['url', 'png'],
    image: 'any',
    verifies: false,
  },
  { ...REFUSED, family: 'europass', name: 'Europass', refuses: 'sealed-only' },
  {
    ...REFUSED,
    family: 'eudi',
    name: { en: 'EUDI wallets, Lissi, France Identité', fr: 'Portefeuilles EUDI, Lissi, France Identité' },
    refuses: 'sd-jwt-only',
  },
  {
    ...REFUSED,
    family: 'phone-wallets',
    name: { en: 'Apple Wallet, Google Wallet', fr: 'Cartes (Apple), Google Wallet' },
    refuses: 'passes-only',
  },
]
