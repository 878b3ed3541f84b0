import type { FaultCode, Params, ProblemCode } from './messages.ts'

/** One fault of a body: where (a JSON Pointer), and what. */
export interface Fault {
  readonly path: string
  readonly code: FaultCode
  readonly params?: Params
}

/**
 * What a caller can do wrong. Thrown where the fact is known, translated once at the edge (RFC 9457).
 * `members` become extension members of the problem document.
 */
export class CallerError extends Error {
  readonly status: number
  readonly code: ProblemCode
  readonly params: Params
  readonly members: Readonly<Record<string, unknown>>
  readonly faults: readonly Fault[]

  constructor(
    status: number,
    code: ProblemCode,
    options: { params?: Params; members?: Record<string, unknown>; faults?: Fault[] } = {},
  ) {
    super(code)
    this.status = status
    this.code = code
    this.params = options.params ?? {}
    this.members = options.members ?? {}
    this.faults = options.faults ?? []
  }
}

/** The body, the query or a header breaks a rule: every fault at once. */
export class Invalid extends CallerError {
  constructor(...faults: Fault[]) {
    super(400, 'invalid', { faults })
  }
}

/** There is no such thing, or it belongs to somebody else: the caller cannot tell which. */
export class NotFound extends CallerError {
  constructor() {
    super(404, 'not-found')
  }
}

export class Forbidden extends CallerError {
  constructor(code: ProblemCode, params: Params = {}) {
    super(403, code, { params })
  }
}

/** The state of things forbids it. */
export class Conflict extends CallerError {
  constructor(code: ProblemCode, params: Params = {}, members: Record<string, string> = {}) {
    super(409, code, { params, members })
  }
}

/** `If-Match` names another revision than the current one. */
export class Stale extends CallerError {
  constructor() {
    super(412, 'stale')
  }
}

/** What a wallet can do wrong, in the words that its protocol has for it (RFC 6749, section 5.2). */
export class OAuthError extends Error {
  /** The code, such as `invalid_grant`. */
  readonly error: string
  readonly status: number
  /** More members of the body. */
  readonly members: Readonly<Record<string, string | number>>
  readonly headers: Readonly<Record<string, string>>

  /** @param description for developers: printable ASCII without `"` and `\` */
  constructor(
    error: string,
    description: string,
    options: {
      status?: number
      members?: Record<string, string | number>
      headers?: Record<string, string>
    } = {},
  ) {
    super(description)
    this.error = error
    this.status = options.status ?? 400
    this.members = options.members ?? {}
    this.headers = options.headers ?? {}
  }
}
