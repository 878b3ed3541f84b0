// The least that a service could do: a Fastify app that signs with the library and stores nothing, and returns
// one document from memory.
import fastify from 'fastify'
import type { UnsignedCredential } from '../src/vc/credential.ts'
import { createLibraryIssuer } from './library.ts'

const { PORT, LOG_LEVEL, EXAMPLE } = process.env
const issueOne = createLibraryIssuer(JSON.parse(EXAMPLE!) as UnsignedCredential)
const document = JSON.stringify(await issueOne())

const app = fastify({ logger: { level: LOG_LEVEL! } })
app.get('/credentials/:id', async (_request, reply) => reply.type('application/json').send(document))
app.post('/awards', async (_request, reply) => reply.code(201).send(await issueOne()))
await app.listen({ host: '127.0.0.1', port: Number(PORT) })
