import type { Actor, Context } from '../context.ts'
import type { Expected } from '../db/revision.ts'
import type { Access } from './access.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The context of this request's unit of work: inside one, its `db` is the transaction. */
    ctx: Context
    /** Who asks; set on every route with an access rule. */
    actor: Actor
    /** What `If-Match` asks for; set on PUT and PATCH with an access rule. */
    expected: Expected
    /** SHA-256 of the JSON body's bytes, hex; empty without a body. */
    bodyHash: string
    /** The fields of a form of a page, where one was sent. */
    form: ReadonlyMap<string, string> | undefined
  }
  interface FastifyContextConfig {
    access?: Access
    /** A body that the route reads by its content may be left out. */
    optionalBody?: true
    /** What such a body can be as JSON. */
    bodyExamples?: readonly object[]
  }
}
