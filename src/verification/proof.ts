import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { holderJwk } from '../vc/holder-key.ts'
import { listOf } from '../vc/members.ts'
import { verifyProof } from '../vc/verify-proof.ts'
import {
  type Candidate,
  type CheckStep,
  type Finding,
  failed,
  issuerIdOf,
  passed,
  skipped,
  warning,
} from './check.ts'
import type { Purpose } from './controller.ts'
import { type KnownProof, type Proofs, readProofs } from './read-proofs.ts'
import { type Standing, standingOf } from './standing.ts'
import { checkToken } from './token.ts'
import { unresolved } from './unresolved.ts'
import { findKey } from './verification-key.ts'

/** What a proof has to be for. */
export interface ExpectedProof {
  readonly purpose: Purpose
  /** Who must have signed: the issuer, or the holder; anybody where absent. */
  readonly controller?: string
  readonly challenge?: string
  readonly domain?: string
}

/** Is the signature by a key of the issuer, over all that the credential says? */
export const checkProof: CheckStep = (ctx, candidate) => {
  const controller = issuerIdOf(candidate.credential)
  if (controller === undefined) {
    const isSigned = candidate.jwt !== undefined || listOf(candidate.credential.proof).length > 0
    return failed(isSigned ? 'issuer-missing' : 'proof-missing')
  }
  return checkSecured(ctx, candidate, { purpose: 'assertionMethod', controller })
}

/** Is the document secured as is expected: by the token around it, by the proofs in it, or by both? */
export async function checkSecured(
  ctx: Context,
  { credential, jwt }: Candidate,
  expected: ExpectedProof,
): Promise<Finding> {
  if (!jwt) return checkEmbeddedProofs(ctx, credential, expected)
  const finding = await checkToken(ctx, jwt, credential, expected)
  // OB 3.0, section 8.2.4: what is embedded was signed first, and holds too.
  if (credential.proof === undefined || finding.outcome === 'failed') return finding
  const inside = await checkEmbeddedProofs(ctx, credential, expected)
  return inside.outcome === 'failed' ? inside : finding
}

/**
 * Verifies the proofs in a document. Each one of a kind that we know must hold, over the document and the proofs that
 * it comes after; one of them must be by the controller. A proof of another kind does no harm beside them.
 * Source: Data Integrity 1.0, sections 4.4 (Verify Proof) and 4.5 (Verify Proof Sets and Chains).
 */
export async function checkEmbeddedProofs(
  ctx: Context,
  document: Json,
  expected: ExpectedProof,
): Promise<Finding> {
  const proofs = readProofs(document.proof, expected, ctx.clock())
  if (!('known' in proofs)) return proofs
  const standings: Standing[] = []
  for (const proof of proofs.known) {
    const standing = await checkOne(ctx, document, proof, expected)
    if (typeof standing !== 'string') return standing
    standings.push(standing)
  }
  return together(standings, proofs, () => unresolved(ctx, expected.controller))
}

/** Who signed, of a proof that holds; else what is wrong with it. */
async function checkOne(
  ctx: Context,
  document: Json,
  { proof, previous }: KnownProof,
  { purpose, controller }: ExpectedProof,
): Promise<Finding | Standing> {
  const key = await findKey(ctx, proof.verificationMethod, purpose)
  if (key === 'unknown') return failed('proof-key-unknown')
  if (key === 'unresolved')
    return isOf(proof.verificationMethod, controller) ? 'unresolved' : 'other-unresolved'
  if (key.hasEnded) return failed('proof-key-ended')
  const jwk = holderJwk(key.jwk)
  if (!jwk) return skipped('proof-unsupported')
  const standing = await standingOf(ctx, key, proof.verificationMethod, { purpose, controller })
  if (standing === 'unlisted') return failed('proof-key-unknown')
  try {
    return (await verifyProof(document, proof, jwk, previous)) ? standing : failed('proof-invalid')
  } catch {
    // A term or a context is not known, so that nobody can say what was signed.
    return failed('proof-uncomputable')
  }
}

function isOf(method: string, controller: string | undefined): boolean {
  // Who can be asked for the key of an https issuer at another address is not known.
  return controller === undefined || !controller.startsWith('did:') || method.split('#')[0] === controller
}

function together(standings: readonly Standing[], { known }: Proofs, whyUnresolved: () => Finding): Finding {
  const has = (standing: Standing) => standings.includes(standing)
  if (has('confirmed'))
    return has('unresolved') || has('other-unresolved')
      ? warning('proof-other-not-checked')
      : passed('proof-ok')
  if (has('unconfirmed')) return warning('proof-key-unconfirmed')
  if (has('unresolved')) return whyUnresolved()
  return known.length > 0 ? failed('proof-issuer-mismatch') : skipped('proof-unsupported')
}
