import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** A file of a person, to be saved and never to be shown by the browser at our address. */
interface Attachment {
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
  readonly stream: Readable
}

export function sendAttachment(reply: FastifyReply, { name, mediaType, size, stream }: Attachment) {
  return reply
    .headers({
      'content-disposition': dispositionOf(name),
      'content-length': size,
      'content-security-policy': "sandbox;default-src 'none';frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    })
    .type(mediaType)
    .send(stream)
}

/** RFC 6266, appendix D: the name in UTF-8 (RFC 8187), and one in ASCII for those that do not know that. */
function dispositionOf(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
