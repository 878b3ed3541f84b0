import type { FastifyRequest } from 'fastify'
import type { Language } from '../messages.ts'
import { languageOf } from './problems.ts'

/** For whom an answer is written: its language, and where its links lead. */
export function readerOf(request: FastifyRequest): { publicUrl: string; language: Language } {
  return { publicUrl: request.ctx.config.publicUrl, language: languageOf(request) }
}
