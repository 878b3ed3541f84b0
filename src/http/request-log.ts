import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'

/** One line for a request, when it is answered; what comes in is told at `debug` alone. */
export class RequestLog extends LogController {
  override incomingRequest(request: FastifyRequest): void {
    request.log.debug({ req: request }, 'incoming request')
  }

  override requestCompleted(err: Error | null | undefined, req: FastifyRequest, res: FastifyReply): void {
    const facts = { req, res, responseTime: res.elapsedTime }
    if (err) res.log.error({ ...facts, err }, 'request errored')
    else res.log.info(facts, 'request completed')
  }
}
