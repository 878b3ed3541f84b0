import type { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Db } from './db/db.ts'
import type { Gatherer } from './gather.ts'
import type { Rasterize } from './images/rasterize-apart.ts'
import type { Queue } from './jobs/queue.ts'
import type { Scan } from './outgoing/clamd.ts'
import type { ForeignDocuments } from './outgoing/foreign-documents.ts'
import type { Signer } from './signing/signer.ts'
import type { BodyCache } from './storage/body-cache.ts'
import type { Storage } from './storage/storage.ts'
import type { DataHasher } from './vc/engine/data-hasher.ts'
import type { JudgeBySchema } from './vc/foreign-schema/judge-apart.ts'
import type { SigningKey } from './vc/keys.ts'
import type { Permutation } from './vc/permutation.ts'

/** All that has a lifetime: opened once in start.ts, closed once. Never holds a request's state. */
export interface Context {
  readonly config: Config
  /** The pool, or the transaction of the unit of work at hand. */
  readonly db: Db
  readonly storage: Storage
  /** Signed credentials that were served lately, by id and form. */
  readonly credentialBodies: BodyCache
  readonly log: Logger
  /** Now. Injected, so that a test can set the time. */
  readonly clock: () => Date
  /** Documents of strangers, behind the SSRF guard; absent where the operator does not allow it. */
  readonly foreign?: ForeignDocuments
  /** Holds a document against the JSON Schema of a stranger, apart from this thread. */
  readonly judgeBySchema: JudgeBySchema
  /** Looks for harmful software in files that people hand in; absent where no scanner is configured. */
  readonly scan?: Scan
  /** Draws an SVG as PNG, apart from this process. */
  readonly rasterize: Rasterize
  readonly sealer: Sealer
  /** Private keys that were unsealed already, by the id of their row. */
  readonly unsealedKeys: Map<string, SigningKey & { readonly rowId: string }>
  /** Work that outlives the request that asked for it. */
  readonly queue: Queue
  /** Hands mails to the mail server; absent where none is configured. */
  readonly mailer?: Mailer
  /** Signs with the compiled engine, here or in threads. */
  readonly signer: Signer
  /** Hashes what wallets present. */
  readonly hashPresentation: DataHasher
  /** What calls share; absent inside a transaction, which may be undone. */
  readonly shared?: Shared
  /** The orders of status lists in use, by the id of the list. */
  readonly permutations: LRUCache<string, Permutation>
  /** SHA-256 of the operator's key. */
  readonly operatorKeyHash: Buffer
}

/** What calls share outside of transactions. */
interface Shared {
  /** Makes one unit of work of calls that arrive at once. */
  readonly gatherer: Gatherer
  /** What was read lately; whoever uses it asks the database first whether it still holds. */
  readonly recent: LRUCache<string, object>
  /** Status entries that were taken ahead, by issuer. */
  readonly statusEntries: Map<string, { listId: string; index: number }[]>
}

/** Seals secrets at rest with the master key, and vouches for what it made itself. */
export interface Sealer {
  seal(secret: string): Promise<string>
  /** @throws when the text was altered or sealed with another master key */
  unseal(sealed: string): Promise<string>
  /** HMAC-SHA-256 (32 bytes) by a key that is derived from the master key for this purpose. */
  mac(purpose: string, data: string | Uint8Array): Buffer
}

/** A mail on its way out. */
export interface OutgoingMail {
  /** The same at each attempt, so that a mail that went out twice is recognised: `local@host`. */
  readonly messageId: string
  readonly senderName: string
  readonly replyTo?: string
  readonly to: string
  readonly language: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The way to the mail server. */
export interface Mailer {
  /** @throws MailNotSent */
  send(mail: OutgoingMail): Promise<void>
  close(): void
}

export const SCOPES = [
  'issuer:read',
  'issuer:write',
  'badge-classes:write',
  'requests:read',
  'requests:review',
  'assertions:read',
  'assertions:write',
  'batches:write',
  'endorsements:write',
  'webhooks:write',
  'keys:write',
  'vc:sign',
] as const

/** What an API key may do. */
export type Scope = (typeof SCOPES)[number]

/**
 * Who asks: the operator, the key of one issuer, or somebody without a key to whom the issuer left the decision: the
 * holder of a reviewer's link or of a claim code, or whoever fills in a form that is answered by itself.
 */
export type Actor =
  | { readonly kind: 'operator' }
  | { readonly kind: 'delegate'; readonly issuerId: string }
  | {
      readonly kind: 'api-key'
      readonly keyId: string
      readonly issuerId: string
      readonly scopes: readonly Scope[]
      readonly expiresAt: Date | null
    }
