import type { Context } from '../context.ts'
import type { Json } from '../vc/credential.ts'
import { isObject, listOf } from '../vc/members.ts'
import { badgeSchemaFaults, endorsementSchemaFaults } from '../vc/open-badges/faults.ts'
import { type CheckStep, type Finding, failed, passed, skipped, warning } from './check.ts'
import { fetchForeign } from './fetch-foreign.ts'

/** Types of credentialSchema that name a JSON Schema by its URL. */
const JSON_SCHEMA_TYPES: readonly unknown[] = ['1EdTechJsonSchemaValidator2019', 'JsonSchema']

/** Where the standard's own schemas are published; what they say is known here. */
const OPEN_BADGES_SCHEMA =
  /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/schema\/json(?:-ld)?\/ob_v3p0_(?:any)?(achievement|endorsement)credential_schema\.json$/

const WANTED = { accept: 'application/schema+json, application/json', maxBytes: 256 * 1024 }
/** More are not looked at. */
const MAX_SCHEMAS = 4
/** What counts most when several schemas are named. */
const GRAVITY = ['failed', 'warning', 'skipped', 'passed']

/**
 * Does the credential fit the JSON Schemas that it names? (VCDM 2.0, section 4.11; OB 3.0, section B.2.2;
 * Verifiable Credentials JSON Schema Specification, section 4.) What a schema says that cannot be had is not known.
 */
export const checkNamedSchemas: CheckStep = async (ctx, { credential }) => {
  const named = listOf(credential.credentialSchema)
  if (named.length === 0) return passed('named-schemas-none')
  const findings = await Promise.all(
    named.slice(0, MAX_SCHEMAS).map((schema) => checkOne(ctx, credential, schema)),
  )
  if (named.length > MAX_SCHEMAS) findings.push(warning('named-schemas-too-many', { max: MAX_SCHEMAS }))
  const ranks = findings.map(({ outcome }) => GRAVITY.indexOf(outcome))
  return findings[ranks.indexOf(Math.min(...ranks))]!
}

async function checkOne(ctx: Context, credential: Json, schema: unknown): Promise<Finding> {
  const { id, type } = isObject(schema) ? schema : {}
  if (typeof id !== 'string' || !JSON_SCHEMA_TYPES.includes(type)) {
    const named = typeof type === 'string' ? type.slice(0, 100) : '?'
    return skipped('named-schemas-other-type', { type: named })
  }
  const url = id.slice(0, 200)
  const ours = OPEN_BADGES_SCHEMA.exec(id)?.[1]
  if (ours) {
    const faults =
      ours === 'achievement' ? badgeSchemaFaults(credential) : endorsementSchemaFaults(credential)
    return told(url, faults)
  }
  if (!ctx.foreign) return skipped('named-schemas-not-looked-up', { url })
  const fetched = await fetchForeign(ctx, id, WANTED)
  if (!fetched) return warning('named-schemas-not-fetched', { url })
  return judge(ctx, credential, { url, text: fetched.text })
}

async function judge(ctx: Context, credential: Json, { url, text }: { url: string; text: string }) {
  const judgement = await ctx.judgeBySchema(text, credential)
  switch (judgement.says) {
    case 'fits':
      return told(url, [])
    case 'does-not-fit':
      return told(url, judgement.paths)
    case 'not-understood':
      return warning('named-schemas-not-understood', { url })
    case 'too-much':
      return warning('named-schemas-too-much', { url })
  }
}

function told(url: string, faults: readonly string[]): Finding {
  return faults.length === 0
    ? passed('named-schemas-ok')
    : failed('named-schemas-broken', { url, paths: faults.join(', ').slice(0, 500) })
}
