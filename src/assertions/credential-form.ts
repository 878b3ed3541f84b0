import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { NotFound } from '../errors.ts'
import { getIssuerById } from '../issuers/queries.ts'
import { activeKey } from '../keys/active-key.ts'
import { ED25519_2020 } from '../vc/contexts.ts'
import { type ProofSuite, type UnsignedCredential, withoutProof } from '../vc/credential.ts'
import { selfCheck, selfCheckToken } from '../vc/engine/self-check.ts'
import { signJwt } from '../vc/jwt.ts'
import { signCredential } from '../vc/sign.ts'
import { walletJson } from '../vc/wallet-json.ts'
import {
  type CredentialForm,
  type CredentialRow,
  findCredentials,
  storeCredential,
} from './credential-queries.ts'
import { findByCredential } from './queries.ts'

/**
 * A credential in the form that a wallet asks for. The form of the award is stored; another one is signed at
 * its first fetch, stored, and served as those bytes ever after.
 * @throws NotFound
 */
export async function getCredentialForm(
  ctx: Context,
  id: string,
  wanted: Exclude<CredentialForm, 'issued'> | undefined,
): Promise<CredentialRow> {
  const rows = await findCredentials(ctx.db, id, wanted === undefined ? ['issued'] : ['issued', wanted])
  const issued = rows.find((row) => row.form === 'issued')
  if (!issued) throw new NotFound()
  if (wanted === undefined || issued.suite === wanted) return issued
  return rows.find((row) => row.form === wanted) ?? signForm(ctx, issued, wanted)
}

async function signForm(
  ctx: Context,
  issued: CredentialRow,
  form: Exclude<CredentialForm, 'issued'>,
): Promise<CredentialRow> {
  const assertion = await findByCredential(ctx.db, issued.id)
  const issuer = await getIssuerById(ctx.db, assertion!.issuerId)
  const unsigned = withoutProof(JSON.parse(issued.body)) as UnsignedCredential
  const now = ctx.clock()
  const body =
    form === 'vc-jwt'
      ? await signToken(ctx, withSubjectId(unsigned), issuer)
      : await signEmbedded(ctx, unsigned, form, issuer)
  return storeCredential(ctx.db, { id: issued.id, form, suite: form, body, signedAt: now })
}

async function signToken(
  ctx: Context,
  credential: UnsignedCredential,
  issuer: { id: string; did: string },
): Promise<string> {
  const key = await activeKey(ctx, issuer, 'P-256')
  const token = await signJwt(credential, key)
  await selfCheckToken(token, credential, key)
  return token
}

async function signEmbedded(
  ctx: Context,
  credential: UnsignedCredential,
  suite: ProofSuite,
  issuer: { id: string; did: string },
): Promise<string> {
  // Ed25519Signature2020 brings its own context, which a Data Integrity proof does without.
  const unsigned = { ...credential, '@context': credential['@context'].filter((url) => url !== ED25519_2020) }
  const key = await activeKey(ctx, issuer, 'Ed25519')
  const body = walletJson(await signCredential(unsigned, key, { suite, created: ctx.clock() }))
  await selfCheck(body, key)
  return body
}

/** `sub` is required in a JWT (OB 3.0, section 8.2.4.1): a subject known by a hash alone gets a name of no meaning. */
function withSubjectId(credential: UnsignedCredential): UnsignedCredential {
  const { credentialSubject } = credential
  const id = credentialSubject.id ?? `urn:uuid:${randomUUID()}`
  return {
    ...credential,
    '@context': credential['@context'].filter((url) => url !== ED25519_2020),
    credentialSubject: { id, ...credentialSubject },
  }
}
