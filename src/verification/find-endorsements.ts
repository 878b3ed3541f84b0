import { CallerError } from '../errors.ts'
import { pointerOf } from '../json.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import type { Candidate } from './check.ts'
import { readToken } from './read-token.ts'

export const MAX_ENDORSEMENTS = 20

/** An endorsement where it stands. */
export interface PlacedEndorsement {
  /** JSON Pointer into the credential. */
  readonly path: string
  /** The ids of what an endorsement in this place can be about. */
  readonly mayBeAbout: ReadonlySet<string>
  /** Absent when what stands there is no credential. */
  readonly candidate?: Candidate
}

export interface Endorsements {
  /** At most 20. */
  readonly first: readonly PlacedEndorsement[]
  /** How many there are in all. */
  readonly count: number
}

interface Found extends Omit<PlacedEndorsement, 'candidate'> {
  readonly value: unknown
  readonly isToken: boolean
}

/**
 * The endorsements of a credential, wherever they stand in it: `endorsement` (embedded) and `endorsementJwt` (compact
 * JWS) of OB 3.0, appendix B. The first 20 are read; those of an endorsement are not followed.
 */
export function findEndorsements(credential: Json): Endorsements {
  const found: Found[] = []
  // Those of the credential itself may be about all that it tells of (OB 3.0, section B.1.1).
  collect(credential, '', new Set(idsIn(credential)), found)
  const first = found.slice(0, MAX_ENDORSEMENTS).map(({ value, isToken, ...place }) => {
    const candidate = isToken ? readTokenOf(value) : isObject(value) ? { credential: value } : undefined
    return { ...place, ...(candidate ? { candidate } : {}) }
  })
  return { first, count: found.length }
}

function collect(value: unknown, path: string, mayBeAbout: ReadonlySet<string>, found: Found[]): void {
  if (Array.isArray(value)) {
    for (const [i, one] of value.entries()) collect(one, `${path}/${i}`, aboutOf(one), found)
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      const at = `${path}/${pointerOf(name)}`
      if (name !== 'endorsement' && name !== 'endorsementJwt') {
        collect(member, at, aboutOf(member), found)
        continue
      }
      const isToken = name === 'endorsementJwt'
      for (const [i, one] of listOf(member).entries())
        found.push({ path: Array.isArray(member) ? `${at}/${i}` : at, mayBeAbout, value: one, isToken })
    }
  }
}

function aboutOf(value: unknown): ReadonlySet<string> {
  return new Set(isObject(value) && typeof value.id === 'string' ? [value.id] : [])
}

function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (!isObject(value)) return []
  const { id, endorsement: _e, endorsementJwt: _j, proof: _p, ...rest } = value
  return [...(typeof id === 'string' ? [id] : []), ...Object.values(rest).flatMap(idsIn)]
}

function readTokenOf(value: unknown): Candidate | undefined {
  try {
    return typeof value === 'string' ? readToken(value) : undefined
  } catch (error) {
    if (error instanceof CallerError) return undefined
    throw error
  }
}
