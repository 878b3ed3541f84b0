import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../../context.ts'

const MAC_BYTES = 32

/** A token that only we can have made and that is kept nowhere: what it says and a MAC of that, base64url. */
export function toToken(ctx: Context, purpose: string, content: Buffer): string {
  return Buffer.concat([content, ctx.sealer.mac(purpose, content)]).toString('base64url')
}

/**
 * What such a token says.
 * @param length of it, in bytes
 * @returns undefined when it was not made by us, for this purpose
 */
export function fromToken(
  ctx: Context,
  purpose: string,
  { token, length }: { token: string; length: number },
): Buffer | undefined {
  const bytes = Buffer.from(token.slice(0, 200), 'base64url')
  // Of the ways to write the same bytes one is ours.
  if (bytes.length !== length + MAC_BYTES || bytes.toString('base64url') !== token) return undefined
  const content = bytes.subarray(0, length)
  return timingSafeEqual(bytes.subarray(length), ctx.sealer.mac(purpose, content)) ? content : undefined
}
