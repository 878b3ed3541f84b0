import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A mail as a mail server got it. */
export interface Received {
  readonly from: string
  readonly to: string[]
  /** The whole of it, as it came. */
  readonly raw: string
  /** Each header as it stands, unfolded; several of one name one below the other. */
  header(name: string): string | undefined
  readonly text: string
  readonly html: string
}

/** What the server does with the mails to come. */
interface Behaviour {
  /** Its answer to the recipient; to the text of the mail where `at` says so. */
  readonly refuse?: { code: number; words: string; at?: 'text' }
  /** It takes the mail and lets its answer wait for this. */
  readonly wait?: Promise<void>
}

interface TestSmtp {
  readonly url: string
  readonly mails: Received[]
  behave(behaviour: Behaviour): void
  /** The mails to this address. */
  to(address: string): Received[]
}

interface Teardown {
  teardown(handler: () => Promise<void>): unknown
}

/** A real mail server in this process, which keeps what it gets. Its one account is `badges`, password `right`. */
export async function startSmtp(t: Teardown): Promise<TestSmtp> {
  const mails: Received[] = []
  let behaviour: Behaviour = {}
  const refusal = (at?: 'text') => {
    const { refuse } = behaviour
    return refuse && refuse.at === at
      ? Object.assign(new Error(refuse.words), { responseCode: refuse.code })
      : null
  }
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ password }, _session, done) =>
      password === 'right' ? done(null, { user: 'badges' }) : done(new Error('Authentication failed')),
    onRcptTo: (_address, _session, done) => done(refusal()),
    async onData(stream, session, done) {
      const raw = await readText(stream)
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom ? mailFrom.address : ''
      const refused = refusal('text')
      if (!refused) mails.push({ from, to: rcptTo.map(({ address }) => address), ...parse(raw) })
      await behaviour.wait
      done(refused)
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  t.teardown(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    behave: (next) => {
      behaviour = next
    },
    to: (address) => mails.filter((mail) => mail.to.includes(address)),
  }
}

function parse(raw: string): Omit<Received, 'from' | 'to'> {
  const [head, body] = split(raw)
  const boundary = /boundary="([^"]+)"/.exec(headerOf(head, 'content-type') ?? '')?.[1]
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1) : []
  const part = (type: string) => {
    const found = parts
      .map((text) => split(text.trimStart()))
      .find(([partHead]) => headerOf(partHead, 'content-type')?.startsWith(type))
    return found ? decode(found[1], headerOf(found[0], 'content-transfer-encoding')) : ''
  }
  return {
    raw,
    header: (name) => headerOf(head, name),
    text: part('text/plain'),
    html: part('text/html'),
  }
}

function split(text: string): [head: string, body: string] {
  const at = text.indexOf('\r\n\r\n')
  return [text.slice(0, at).replace(/\r\n[ \t]+/g, ' '), text.slice(at + 4)]
}

function headerOf(head: string, name: string): string | undefined {
  const lines = head.split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  if (lines.length === 0) return undefined
  return lines.map((line) => decodeWords(line.slice(name.length + 1).trim())).join('\n')
}

/** RFC 2047: words that are not ASCII. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_whole, encoding: string, text: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString()
        : quotedPrintable(text.replaceAll('_', ' ')),
    )
}

function decode(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  const text = encoding === 'quoted-printable' ? quotedPrintable(body.replace(/=\r\n/g, '')) : body
  return text.replaceAll('\r\n', '\n')
}

function quotedPrintable(text: string): string {
  return text.replace(/(=[0-9A-F]{2})+/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString())
}
