import { hold } from './hold.ts'
import { bold, dim, green, line, red, yellow } from './screen.ts'
import type { DemoService } from './service.ts'

interface Verdict {
  readonly valid: boolean
  readonly verdict: { readonly code: string; readonly message: string }
}

/** A recruiter hands in what candidates sent: a badge, the same one altered, one that was revoked. */
export async function playRecruiter(
  service: DemoService,
  { valid, revoked }: { valid: string; revoked: string },
): Promise<void> {
  const credential = await fetchJson(valid)
  const subject = credential.credentialSubject as Record<string, unknown>
  const altered = {
    ...credential,
    credentialSubject: {
      ...subject,
      achievement: { ...(subject.achievement as object), name: 'Chef de projet' },
    },
  }
  const image = new Uint8Array(await (await fetch(`${valid}.png`)).arrayBuffer())
  const cases: [what: string, body: string | Uint8Array<ArrayBuffer>, type: string, code: string][] = [
    ['une image de badge', image, 'image/png', 'valid'],
    ['le même badge, renommé', JSON.stringify(altered), 'application/json', 'altered'],
    ['un badge révoqué', JSON.stringify({ url: revoked }), 'application/json', 'revoked'],
  ]
  for (const [what, body, type, code] of cases) {
    const { valid, verdict } = await verify(service, body, type)
    hold(`${what} : le verdict est ${code}`, verdict.code === code, verdict.code)
    line(`${valid ? green('✔') : red('✘')} ${bold(what)}`)
    line(dim(`  « ${verdict.message} »`))
  }
}

/** An integrator signs a credential that is no badge, suspends it, and lets it be again. */
export async function playIntegrator(service: DemoService, slug: string): Promise<void> {
  const id = 'https://demo.example/formations/1'
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2', { Formation: 'https://demo.example/#Formation' }],
    id,
    type: ['VerifiableCredential', 'Formation'],
    issuer: 'did:example:remplacé',
    credentialSubject: { id: 'did:example:lou', name: 'Lou' },
  }
  const path = `/v1/issuers/${slug}/credentials`
  const options = { cryptosuite: 'eddsa-jcs-2022', statusPurpose: 'suspension' }
  const { status, body } = await service.call('POST', `${path}/issue`, { credential, options })
  hold('une attestation quelconque est signée', status === 201, JSON.stringify(body))
  const verified = async () => {
    const { verifiableCredential } = body
    return (await service.call('POST', '/credentials/verify', { verifiableCredential })).status
  }
  const suspend = (status: boolean) => service.call('POST', `${path}/status`, { credentialId: id, status })
  const seen = [await verified()]
  await suspend(true)
  seen.push(await verified())
  await suspend(false)
  seen.push(await verified())
  hold('elle est valable, suspendue, puis valable', seen.join() === '200,400,200', seen.join())
  const words = [green('valable'), yellow('suspendue'), green('valable')]
  line(`${green('✔')} une attestation qui n’est pas un badge, signée telle quelle : ${words.join(', puis ')}`)
}

async function verify(
  service: DemoService,
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
): Promise<Verdict> {
  const headers = { 'content-type': type, 'accept-language': 'fr' }
  const answer = await fetch(`${service.url}/verify`, { method: 'POST', headers, body })
  return (await answer.json()) as Verdict
}

async function fetchJson(url: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`${url}.json`)).json()) as Record<string, unknown>
}
