import Fastify, { type FastifyReply } from 'fastify'
import t from 'tap'
import { assertKept, underContract } from '../support/contract.ts'

const text = { type: 'string', format: 'email' }
const DOCUMENT = {
  paths: {
    '/things/{id}': {
      get: {
        responses: {
          200: {
            headers: { ETag: { required: true }, Link: { required: false } },
            content: {
              'application/json': {
                schema: { type: 'object', properties: { text }, additionalProperties: false },
              },
            },
          },
          204: { description: 'Nothing' },
        },
      },
    },
  },
}

/** What a route answers, and what is said of it; nothing where it is as documented. */
const ANSWERS: { name: string; send: (reply: FastifyReply) => unknown; broken: RegExp | undefined }[] = [
  {
    name: 'as documented',
    send: (reply) => withTag(reply).send({ text: 'a@example.org' }),
    broken: undefined,
  },
  { name: 'nothing, as documented', send: (reply) => reply.code(204).send(), broken: undefined },
  { name: 'an unknown status', send: (reply) => reply.code(202).send(), broken: /202 is not documented/ },
  {
    name: 'another type',
    send: (reply) => withTag(reply).type('text/plain').send('x'),
    broken: /of type text\/plain/,
  },
  {
    name: 'an unknown member',
    send: (reply) => withTag(reply).send({ more: 1 }),
    broken: /additional.*"more"/,
  },
  {
    name: 'a wrong member',
    send: (reply) => withTag(reply).send({ text: 'x' }),
    broken: /\/text must match format/,
  },
  {
    name: 'no JSON',
    send: (reply) => withTag(reply).type('application/json').send('{'),
    broken: /is no JSON/,
  },
  { name: 'no header', send: (reply) => reply.send({}), broken: /lacks the header ETag/ },
  { name: 'no body', send: (reply) => withTag(reply).send(), broken: /has no body/ },
  {
    name: 'a fault of the service',
    send: () => Promise.reject(new Error()),
    broken: /500 is not documented/,
  },
]

for (const { name, send, broken: expected } of ANSWERS) {
  t.test(`the check of every answer sees: ${name}`, async (t) => {
    const { app, broken } = await underContract(async () => {
      const app = Fastify()
      // Below the root, where a hook that came late would not be.
      await app.register(async (scope) => void scope.get('/things/:id', (_request, reply) => send(reply)))
      return Object.assign(app, { swagger: () => DOCUMENT })
    })
    t.teardown(() => app.close())
    await app.inject('/things/1')
    if (!expected) return t.doesNotThrow(() => assertKept(broken))
    t.throws(() => assertKept(broken), expected)
    t.equal(broken.size, 1)
  })
}

t.test('a route that the document does not have is told', async (t) => {
  const { app, broken } = await underContract(async () => {
    const app = Fastify()
    app.get('/forgotten', async () => 'x')
    return Object.assign(app, { swagger: () => DOCUMENT })
  })
  t.teardown(() => app.close())
  await app.inject('/forgotten')
  t.throws(() => assertKept(broken), /GET \/forgotten: the operation is not documented/)
})

function withTag(reply: FastifyReply): FastifyReply {
  return reply.header('etag', '"1"')
}
