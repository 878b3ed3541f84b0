import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A real mail server on this machine, which keeps what it is given. */
export interface Mailbox {
  readonly url: string
  /** The newest mail to an address that holds a text, as plain text; waits for it. @throws after 15 seconds */
  find(to: string, text: string): Promise<string>
  stop(): Promise<void>
}

export async function startMailbox(): Promise<Mailbox> {
  const mails: { to: string[]; text: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    async onData(stream, session, done) {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk as Buffer)
      mails.push({
        to: session.envelope.rcptTo.map(({ address }) => address),
        text: plainTextOf(Buffer.concat(chunks).toString()),
      })
      done()
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    async find(to, text) {
      for (let attempt = 0; attempt < 150; attempt++) {
        const found = mails.findLast((mail) => mail.to.includes(to) && mail.text.includes(text))
        if (found) return found.text
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`no mail to ${to} says "${text}"`)
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The text/plain part of a mail, decoded (RFC 2045, section 6). */
function plainTextOf(mail: string): string {
  const part = /Content-Type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/i.exec(mail)
  if (!part) return mail
  const [whole, body = ''] = part
  if (/transfer-encoding: base64/i.test(whole)) return Buffer.from(body, 'base64').toString()
  if (!/transfer-encoding: quoted-printable/i.test(whole)) return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
