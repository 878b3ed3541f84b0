import type { FastifyRequest } from 'fastify'

/** A `preValidation` of a route whose body has no member that must be there: to send nothing is to send none of them. */
export const emptyBody = async (request: FastifyRequest): Promise<void> => {
  if (request.body === undefined) request.body = {}
}
