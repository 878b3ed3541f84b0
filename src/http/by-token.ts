import { problem } from './answers.ts'

/** `security: BY_TOKEN`: a route that the resume token of a request opens. */
export const BY_TOKEN = [{ resumeToken: [] }]

/** How a route that a token opens can refuse. */
export const TOKEN_PROBLEMS = {
  401: problem(401),
  409: problem(409),
  410: problem(410),
  429: problem(429),
}
