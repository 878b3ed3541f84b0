import { createTransport } from 'nodemailer'
import type { Mailer } from '../context.ts'
import { oneLine } from './one-line.ts'

/** How long each step of the exchange may be silent, and how long the whole may take. */
const TIMES = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
}
const DEADLINE_MS = 120_000
const IDLE_MS = 30_000

const NAME_LENGTH = 200
const SUBJECT_LENGTH = 250
const WORDS_LENGTH = 300

/** The mail server did not take a mail. */
export class MailNotSent extends Error {
  /** Another attempt would meet the same answer (RFC 5321, section 4.2.1). */
  readonly isPermanent: boolean
  /** The server's words, or why there are none: one line. */
  readonly words: string

  constructor(words: string, isPermanent: boolean, cause: unknown) {
    super(words, { cause })
    this.words = words
    this.isPermanent = isPermanent
  }
}

/**
 * Opens the way to the mail server; connections are made when there is a mail.
 * @param mailFrom the address of every sender, with or without a name: the name of the issuer takes its place
 */
export function openMailer(smtpUrl: string, mailFrom: string): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    maxRequeues: 1,
    idleTimeout: IDLE_MS,
    // A mail is made of texts alone: nothing in it is ever read from a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...TIMES,
  })
  const address = /[^\s<>]+@[^\s<>]+(?=>?$)/.exec(mailFrom)![0]
  return {
    async send(mail) {
      const { senderName, replyTo } = mail
      const message = {
        from: { name: oneLine(senderName, NAME_LENGTH), address },
        ...(replyTo ? { replyTo: { name: oneLine(senderName, NAME_LENGTH), address: replyTo } } : {}),
        // As an object: a text would be read as a list of addresses.
        to: { name: '', address: mail.to },
        subject: oneLine(mail.subject, SUBJECT_LENGTH),
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.messageId}>`,
        // RFC 3834, section 5: no machine answers it.
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
        signal: AbortSignal.timeout(DEADLINE_MS),
      }
      await transport.sendMail(message).catch((error) => {
        throw toNotSent(error)
      })
    },
    close: () => transport.close(),
  }
}

interface SmtpError {
  readonly message: string
  /** What went wrong, in nodemailer's words. */
  readonly code?: string
  /** The server's answer, where there was one. */
  readonly response?: string
  readonly responseCode?: number
}

/** A refusal of this mail is told from one of us: of a greeting or of a password, the next mail would be refused too. */
function toNotSent(error: SmtpError): MailNotSent {
  const { message, code = '', response, responseCode } = error
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isPermanent = isAboutMail && (responseCode === undefined || responseCode >= 500)
  if (response) return new MailNotSent(oneLine(response, WORDS_LENGTH), isPermanent, error)
  if (isAboutMail) return new MailNotSent(oneLine(message, WORDS_LENGTH), isPermanent, error)
  // The message would name the host, which is the operator's business.
  const reason = /\bE[A-Z]{3,}\b/.exec(message)?.[0] ?? code
  return new MailNotSent(`the mail server cannot be reached${reason ? ` (${reason})` : ''}`, false, error)
}
