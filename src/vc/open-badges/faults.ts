import { Type } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { CREDENTIALS_V1 } from '../contexts.ts'
import type { Json } from '../credential.ts'
import { faultPaths } from '../fault-paths.ts'
import { type CredentialKind, credentialClasses } from './credential.ts'

const structures: Record<CredentialKind, readonly [Validator, Validator]> = {
  AchievementCredential: bothModels('AchievementCredential'),
  EndorsementCredential: bothModels('EndorsementCredential'),
}

function bothModels(kind: CredentialKind): readonly [Validator, Validator] {
  return [Compile(credentialClasses(1), Type.Ref(kind)), Compile(credentialClasses(2), Type.Ref(kind))]
}

/**
 * Where an AchievementCredential breaks the structure of OB 3.0, appendix B, in VCDM 2.0 or 1.1.
 * @returns JSON Pointers, of a missing member too; five at most; empty when it fits
 */
export function badgeSchemaFaults(credential: Json): string[] {
  return faultsOf('AchievementCredential', credential)
}

/** The same of an EndorsementCredential. */
export function endorsementSchemaFaults(credential: Json): string[] {
  return faultsOf('EndorsementCredential', credential)
}

function faultsOf(kind: CredentialKind, credential: Json): string[] {
  const [older, newer] = structures[kind]
  const contexts = credential['@context']
  const structure = Array.isArray(contexts) && contexts[0] === CREDENTIALS_V1 ? older : newer
  return structure.Check(credential) ? [] : faultPaths(structure.Errors(credential))
}
