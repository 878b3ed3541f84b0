import type { Context } from '../context.ts'
import { type Fault, Invalid } from '../errors.ts'
import { termFault } from '../vc/as-written.ts'
import { isTooComplex } from '../vc/complexity.ts'
import type { Json } from '../vc/credential.ts'
import { modelFaults } from '../vc/model/credential.ts'
import { relatedResourceFaults } from '../verification/related-resources.ts'

/** A credential with hundreds of claims is within it; signing much more would keep everybody else waiting. */
const LIMITS = { values: 5000, contexts: 60 }

/**
 * Holds a credential against the data model before it is signed.
 * @throws Invalid with every fault that is found at one step
 */
export async function checkUnsigned(ctx: Context, credential: Json): Promise<void> {
  if (isTooComplex(credential, LIMITS)) refuse({ path: '', code: 'credential-too-complex' })
  if (credential.proof !== undefined) refuse({ path: '/proof', code: 'credential-signed' })
  refuse(...modelFaults(credential))
  refuse(...claimsToBeOurs(ctx, credential))
  const fault = await termFault(credential)
  if (fault) {
    const params = { what: fault.what ?? '' }
    refuse({ path: '/@context', code: `terms-${fault.code}`, params })
  }
  refuse(...(await relatedResourceFaults(ctx, credential)))
}

function refuse(...faults: Fault[]): void {
  if (faults.length > 0)
    throw new Invalid(...faults.map((one) => ({ ...one, path: `/credential${one.path}` })))
}

/** Documents by which this service is known: whoever may sign must not be able to make another of them. */
const OWN_TYPES = ['BitstringStatusListCredential', 'StatusList2021Credential', 'DomainLinkageCredential']

function claimsToBeOurs({ config }: Context, { id, type, credentialStatus }: Json): Fault[] {
  const isOurs = (url: unknown) =>
    typeof url === 'string' && URL.canParse(url) && new URL(url).origin === new URL(config.publicUrl).origin
  const faults: Fault[] = []
  if (isOurs(id)) faults.push({ path: '/id', code: 'credential-id-ours' })
  if ([type].flat().some((one) => OWN_TYPES.includes(String(one))))
    faults.push({ path: '/type', code: 'credential-type-ours' })
  const entries = [credentialStatus ?? []].flat() as Json[]
  if (entries.some((entry) => isOurs(entry.statusListCredential))) {
    faults.push({ path: '/credentialStatus', code: 'credential-status-ours' })
  }
  return faults
}
