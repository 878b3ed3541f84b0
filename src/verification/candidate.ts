import { isUtf8 } from 'node:buffer'
import { findCredentials } from '../assertions/credential-queries.ts'
import { findRendering } from '../assertions/rendering-queries.ts'
import type { Context } from '../context.ts'
import { isPngOfOpenBadges2, unbakePng } from '../delivery/baking/png.ts'
import { isSvgOfOpenBadges2, unbakeSvg } from '../delivery/baking/svg.ts'
import { CallerError, Invalid } from '../errors.ts'
import { UUID_PATTERN } from '../fields.ts'
import { isPng } from '../images/accept.ts'
import { parseJson } from '../json.ts'
import { isObject } from '../vc/members.ts'
import { isTooComplexSvg } from './bounds.ts'
import { type Candidate, type Finding, failed } from './check.ts'
import { isOpenBadge2 } from './open-badges-2.ts'
import { readToken } from './read-token.ts'

/** A credential with many endorsements is a tenth of it. */
const MAX_JSON = 1024 * 1024

/**
 * Finds the credential in what was handed in, by its content: JSON, a compact JWS, a baked PNG or SVG, or
 * `{url}` of a credential of ours.
 * @param saysJson its media type is JSON, so that anything else is a fault of the request
 * @returns the candidate, or the finding that says why there is none
 * @throws Invalid for JSON that breaks the rules of every body, and for the URL of a stranger
 */
export async function findCandidate(
  ctx: Context,
  bytes: Buffer,
  saysJson: boolean,
): Promise<Candidate | Finding> {
  if (isPng(bytes))
    return fromImage(
      () => unbakePng(bytes),
      () => isPngOfOpenBadges2(bytes),
    )
  if (!isUtf8(bytes)) {
    if (saysJson) throw new Invalid({ path: '', code: 'not-utf8' })
    return failed('not-a-credential')
  }
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
  if (text.startsWith('<')) {
    if (!/<([\w.-]+:)?svg([\s/>]|$)/.test(text)) return failed('not-a-credential')
    if (/<!DOCTYPE[^<>[]*\[/i.test(text)) return failed('image-broken')
    if (isTooComplexSvg(text)) return failed('too-complex')
    return fromImage(
      () => unbakeSvg(text),
      () => isSvgOfOpenBadges2(text),
    )
  }
  const candidate = fromText(text, saysJson)
  if (!('credential' in candidate)) return candidate
  const { credential } = candidate
  return 'url' in credential && !('@context' in credential) ? fromUrl(ctx, credential) : candidate
}

function fromImage(unbake: () => string | undefined, isOlder: () => boolean): Candidate | Finding {
  try {
    const text = unbake()
    if (text !== undefined) return fromText(text)
    return failed(isOlder() ? 'open-badges-2' : 'no-credential-in-image')
  } catch (error) {
    if (error instanceof CallerError) throw error
    return failed('image-broken')
  }
}

function fromText(text: string, saysJson = false): Candidate | Finding {
  const token = readToken(text)
  if (token) return ofThisKind(token)
  if (!saysJson && !text.startsWith('{')) return failed('not-a-credential')
  if (text.length > MAX_JSON) return failed('too-complex')
  const value = parseJson(Buffer.from(text), { foreign: true })
  if (!isObject(value)) throw new Invalid({ path: '', code: 'json-object' })
  return ofThisKind({ credential: value })
}

function ofThisKind(candidate: Candidate): Candidate | Finding {
  return isOpenBadge2(candidate.jwt?.claims ?? candidate.credential) ? failed('open-badges-2') : candidate
}

async function fromUrl(ctx: Context, body: Record<string, unknown>): Promise<Candidate | Finding> {
  const { url } = body
  const ours = new RegExp(`^/credentials/(${UUID_PATTERN})(\\.\\w+)?$`)
  const address = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
  const id = address?.origin === ctx.config.publicUrl ? ours.exec(address.pathname)?.[1] : undefined
  if (id === undefined) throw new Invalid({ path: '/url', code: 'not-our-url' })
  const [row] = await findCredentials(ctx.db, id, ['issued'])
  const found = row ?? (await findRendering(ctx.db, id))
  return found ? fromText(found.body) : failed('url-unknown')
}
