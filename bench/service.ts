import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type SignedCredential, type UnsignedCredential, withoutProof } from '../src/vc/credential.ts'
import { freePort, startNode } from './child.ts'
import { makeScratch } from './scratch.ts'

export const LOG_LEVEL = 'warn'

/** The real service as a process of its own, called as the operator. */
export interface Service extends AsyncDisposable {
  /** Where it listens. */
  readonly origin: string
  readonly operatorKey: string
  /** @throws when the answer is not a success, with what it said */
  call(method: string, path: string, body?: Buffer | object, type?: string): Promise<Response>
  /** The same, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: the answers of several routes
  callJson(method: string, path: string, body?: Buffer | object, type?: string): Promise<any>
  /** A credential by its public URL, as the bytes that a wallet gets. */
  fetchCredential(credentialUrl: string): Promise<string>
  /** Memory that the process holds now, its signing threads included (VmRSS), in MB of 10^6 bytes. */
  residentMB(): Promise<number>
}

/** @param databaseUrl absent means the embedded database */
export async function startService(databaseUrl?: string): Promise<Service> {
  const scratch = await makeScratch()
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const operatorKey = randomBytes(24).toString('hex')
  const server = startNode('src/server.ts', {
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: scratch.path,
    OPERATOR_KEY: operatorKey,
    MASTER_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL,
    RATE_LIMIT_PUBLIC_WRITES: '1000000',
    RATE_LIMIT_WALLETS: '1000000',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  })
  await server.ready(async () => (await fetch(`${origin}/readyz`)).ok)
  const call: Service['call'] = async (method, path, body, type = 'application/json') => {
    const headers = { authorization: `Bearer ${operatorKey}`, ...(body ? { 'content-type': type } : {}) }
    const payload = Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body)
    const response = await fetch(origin + path, { method, headers, ...(body ? { body: payload } : {}) })
    if (response.ok) return response
    throw new Error(
      `${method} ${path} answered ${response.status}: ${await response.text()}\n${server.output()}`,
    )
  }
  return {
    origin,
    operatorKey,
    call,
    callJson: async (...args) => (await call(...args)).json(),
    fetchCredential: async (url) => (await call('GET', new URL(url).pathname)).text(),
    residentMB: () => residentMB(server.pid),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await scratch[Symbol.asyncDispose]()
    },
  }
}

export const EVENT = {
  name: 'Forum de l’engagement — Évry',
  date: '2026-06-18',
  place: 'Maison de l’emploi, Évry-Courcouronnes',
  url: 'https://agenda.example/forum-de-l-engagement',
}

export interface PublishedBadge {
  readonly issuer: string
  readonly badgeClass: string
}

/** An issuer with a published badge; or one more badge of the issuer given. */
export async function publishBadge(service: Service, of?: PublishedBadge): Promise<PublishedBadge> {
  const issuer = of?.issuer ?? `bench-${randomBytes(4).toString('hex')}`
  if (!of)
    await service.call('POST', '/v1/issuers', {
      slug: issuer,
      name: 'Réseau d’insertion',
      url: 'https://siae.example',
      language: 'fr',
    })
  const { id } = await service.callJson('POST', `/v1/issuers/${issuer}/badge-classes`, {
    name: 'Je participe',
    description: 'A pris part à un événement du réseau, accompagné·e par une structure.',
    criteria: {
      narrative: '- s’est inscrit·e\n- a signé la feuille d’émargement\n- est resté·e jusqu’à la fin',
    },
    language: 'fr',
    tags: ['engagement', 'événement'],
  })
  await service.call('POST', `/v1/badge-classes/${id}/publish`, {})
  return { issuer, badgeClass: id }
}

/** The evidence that an event leaves, for awards made one by one. */
export const AWARD = {
  awardedDate: `${EVENT.date}T00:00:00Z`,
  evidence: [{ id: EVENT.url, name: EVENT.name, description: EVENT.place, genre: 'Événement' }],
}

/** What the service signs when it awards a badge for an event. */
export async function awardExample(service: Service, badge: PublishedBadge): Promise<UnsignedCredential> {
  const { credentialUrl } = await service.callJson(
    'POST',
    `/v1/badge-classes/${badge.badgeClass}/assertions`,
    {
      recipient: { email: `${randomBytes(8).toString('hex')}@exemple.org`, name: 'Aïcha Benhaddou' },
      ...AWARD,
    },
  )
  const signed = JSON.parse(await service.fetchCredential(credentialUrl)) as SignedCredential
  return withoutProof(signed) as UnsignedCredential
}

async function residentMB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => {
    throw new Error('the memory of another process is read from /proc, which only Linux has')
  })
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) * 1024) / 1e6
}
