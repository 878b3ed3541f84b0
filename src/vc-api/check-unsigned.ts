import type { Context } from '../context.ts'
import { type Fault, Invalid } from '../errors.ts'
import { type TermFault, termFault } from '../vc/as-written.ts'
import { isTooComplex } from '../vc/complexity.ts'
import type { Json } from '../vc/credential.ts'
import { listOf } from '../vc/members.ts'
import { modelFaults } from '../vc/model/credential.ts'
import { needsStart } from '../verification/dates.ts'
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
  // The data model of its own does not ask for it.
  if (needsStart(credential) && credential.validFrom === undefined && credential.issuanceDate === undefined)
    refuse({ path: '/validFrom', code: 'model-required' })
  refuse(...claimsToBeOurs(ctx, credential))
  const fault = await termFault(credential)
  if (fault) {
    const { code, what } = fault
    const isBare = code !== 'undefined' || what === undefined
    refuse({
      path: '/@context',
      code: TERM_CODES[code],
      params: { what: isBare ? (what ?? '') : ` (${what})` },
    })
  }
  refuse(...(await relatedResourceFaults(ctx, credential)))
}

const TERM_CODES = {
  'context-unknown': 'terms-context-unknown',
  'not-as-written': 'terms-not-as-written',
  relative: 'terms-relative',
  type: 'terms-type',
  undefined: 'terms-undefined',
} as const satisfies Record<TermFault['code'], string>

function refuse(...faults: Fault[]): void {
  if (faults.length > 0)
    throw new Invalid(...faults.map((one) => ({ ...one, path: `/credential${one.path}` })))
}

/** Documents by which this service is known: whoever may sign must not be able to make another of them. */
const OWN_TYPES: readonly unknown[] = [
  'BitstringStatusListCredential',
  'StatusList2021Credential',
  'DomainLinkageCredential',
]

function claimsToBeOurs({ config }: Context, { id, type, credentialStatus }: Json): Fault[] {
  const isOurs = (url: unknown) =>
    typeof url === 'string' && URL.canParse(url) && new URL(url).origin === new URL(config.publicUrl).origin
  const faults: Fault[] = []
  if (isOurs(id)) faults.push({ path: '/id', code: 'credential-id-ours' })
  if (listOf(type).some((one) => OWN_TYPES.includes(one)))
    faults.push({ path: '/type', code: 'credential-type-ours' })
  if (listOf(credentialStatus).some((entry) => isOurs((entry as Json).statusListCredential))) {
    faults.push({ path: '/credentialStatus', code: 'credential-status-ours' })
  }
  return faults
}
