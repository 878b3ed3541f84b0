import type { FastifyRequest } from 'fastify'
import type { Language } from '../messages.ts'
import { languageOf } from './problems.ts'

/** For whom an answer is written: its language, where its links lead, and whether mails go out. */
export function readerOf(request: FastifyRequest): {
  publicUrl: string
  language: Language
  canMail: boolean
} {
  const { config, mailer } = request.ctx
  return { publicUrl: config.publicUrl, language: languageOf(request), canMail: mailer !== undefined }
}
