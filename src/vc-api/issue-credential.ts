import type { Actor, Context } from '../context.ts'
import { Invalid } from '../errors.ts'
import { getIssuerRow, type IssuerRow } from '../issuers/queries.ts'
import { activeKey } from '../keys/active-key.ts'
import { allocateStatusEntries } from '../status-lists/allocate.ts'
import type { StatusPurpose } from '../status-lists/queries.ts'
import { statusListUrl } from '../status-lists/signed-list.ts'
import { CREDENTIALS_V2 } from '../vc/contexts.ts'
import type { Json, SigningSuite } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { signAsGiven } from '../vc/sign.ts'
import { STATUS_TERMS } from '../vc/vcdm1.ts'
import { checkSigned, unsignable } from './check-signed.ts'
import { checkUnsigned } from './check-unsigned.ts'
import { insertIssuedEntry } from './queries.ts'
import type { IssueOptions, NewCredential } from './schema.ts'

/** Bytes: an index of PostgreSQL takes no more than 2704, and the entry is found by the id again. */
const MAX_ID = 2000

/**
 * Signs a credential as given, whatever it says, after all that the data model asks of it. Only the issuer is ours to
 * say: whoever the body names, the credential names the issuer whose key signs.
 * Source: VC API, section "Issue Credential"; VCDM 2.0, sections 4 and 5.
 * @returns the credential with its proof; it is kept nowhere here
 * @throws NotFound, Invalid with every fault of the step that found some
 */
export async function issueCredential(
  ctx: Context,
  actor: Actor,
  slug: string,
  { credential: given, options = {} }: NewCredential,
): Promise<Json> {
  const credential = given as Json
  const issuer = await getIssuerRow(ctx.db, actor, slug)
  const suite = suiteOf(issuer, options)
  await checkUnsigned(ctx, credential)
  const named = { ...credential, issuer: issuerOf(credential, issuer.did) }
  const key = await activeKey(ctx, issuer, 'Ed25519')
  const wantsStatus = options.status ?? options.statusPurpose !== undefined
  const entry = wantsStatus ? await takeEntry(ctx, issuer, named, options) : undefined
  const unsigned = entry ? withStatus(ctx, named, entry) : named
  const signed = await signAsGiven(unsigned, key, { suite, created: ctx.clock() }).catch((error: Error) => {
    // Linked data that could be expanded cannot always be put into a canonical form.
    ctx.log.info({ err: error }, 'a credential could not be signed as given')
    throw unsignable(error.message)
  })
  await checkSigned(ctx, signed, key)
  if (entry) await insertIssuedEntry(ctx.db, entry)
  return signed
}

/** The words of VC API mean the same as ours; where both are said they must agree. */
function suiteOf(issuer: IssuerRow, { proofSuite, cryptosuite, type }: IssueOptions): SigningSuite {
  const suite = proofSuite ?? cryptosuite ?? (type === 'Ed25519Signature2020' ? type : undefined)
  const chosen =
    suite ?? (type === 'DataIntegrityProof' ? 'eddsa-rdfc-2022' : (issuer.proofSuite as SigningSuite))
  const isOther =
    (cryptosuite !== undefined && cryptosuite !== chosen) ||
    (type !== undefined && (type === 'Ed25519Signature2020') !== (chosen === 'Ed25519Signature2020'))
  if (isOther) throw new Invalid({ path: '/options', code: 'suites-differ' })
  return chosen
}

/** What the body says of another issuer is not said of ours. */
function issuerOf({ issuer }: Json, did: string): unknown {
  return isObject(issuer) && issuer.id === did ? issuer : did
}

type NewEntry = Parameters<typeof insertIssuedEntry>[1] & { readonly purpose: StatusPurpose }

/** Taken before the signature: an entry whose credential is never signed stays unused. */
async function takeEntry(
  ctx: Context,
  issuer: IssuerRow,
  { id }: Json,
  { statusPurpose: purpose = 'revocation', credentialId: calledBy }: IssueOptions,
): Promise<NewEntry> {
  const credentialId = calledBy ?? (typeof id === 'string' ? id : null)
  if (credentialId !== null && Buffer.byteLength(credentialId) > MAX_ID) {
    const path = calledBy === undefined ? '/credential/id' : '/options/credentialId'
    throw new Invalid({ path, code: 'credential-id-long', params: { max: MAX_ID } })
  }
  const [entry] = await allocateStatusEntries(ctx, issuer.id, 1, purpose)
  const { listId, index } = entry!
  return { statusListId: listId, index, issuerId: issuer.id, credentialId, createdAt: ctx.clock(), purpose }
}

/** Bitstring Status List 1.0, section 2.1 (BitstringStatusListEntry), beside entries that are there already. */
function withStatus({ config }: Context, credential: Json, taken: NewEntry): Json {
  const { statusListId, index, purpose } = taken
  const list = statusListUrl(config.publicUrl, statusListId)
  const entry = {
    id: `${list}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: list,
  }
  const others = listOf(credential.credentialStatus)
  const contexts = listOf(credential['@context'])
  return {
    ...credential,
    '@context': contexts[0] === CREDENTIALS_V2 ? credential['@context'] : [...contexts, STATUS_TERMS],
    credentialStatus: others.length === 0 ? entry : [...others, entry],
  }
}
