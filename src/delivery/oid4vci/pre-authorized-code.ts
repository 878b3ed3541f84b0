import type { Context } from '../../context.ts'
import { CONFIGURATIONS, type Configuration } from './configurations.ts'
import { fromToken, toToken } from './mac-token.ts'

const PURPOSE = 'oid4vci-code'
/** Claim, configuration, generation, expiry. */
const LENGTH = 16 + 1 + 4 + 6
const WINDOW_S = 600

/** What a pre-authorised code gives the right to: one access token for one claim in one form. */
export interface CodeContent {
  readonly claimId: string
  readonly configuration: Configuration
  /** How many codes of this offer were redeemed before it was made. */
  readonly generation: number
}

/**
 * A pre-authorised code (OpenID4VCI 1.0, section 4.1.1). It is kept nowhere, and ends with the ten minutes after the
 * current ones, so that whoever asks again within those gets the same.
 * @param end of the claim, which no code outlives
 */
export function makeCode(ctx: Context, content: CodeContent, end: Date): string {
  const now = Math.floor(ctx.clock().getTime() / 1000)
  const expiry = Math.min((Math.floor(now / WINDOW_S) + 2) * WINDOW_S, Math.floor(end.getTime() / 1000))
  const bytes = Buffer.alloc(LENGTH)
  bytes.write(content.claimId.replaceAll('-', ''), 0, 16, 'hex')
  bytes.writeUInt8(CONFIGURATIONS.indexOf(content.configuration), 16)
  bytes.writeUInt32BE(content.generation, 17)
  bytes.writeUIntBE(expiry, 21, 6)
  return toToken(ctx, PURPOSE, bytes)
}

/** @returns undefined when the code is none of ours, or has expired */
export function readCode(ctx: Context, code: string): CodeContent | undefined {
  const bytes = fromToken(ctx, PURPOSE, { token: code, length: LENGTH })
  if (!bytes || bytes.readUIntBE(21, 6) * 1000 <= ctx.clock().getTime()) return undefined
  const hex = bytes.toString('hex', 0, 16)
  const configuration = CONFIGURATIONS[bytes.readUInt8(16)]
  if (!configuration) return undefined
  return {
    claimId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    configuration,
    generation: bytes.readUInt32BE(17),
  }
}
