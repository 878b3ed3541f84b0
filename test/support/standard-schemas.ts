import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { sharedJson } from './shared-data.ts'

/** The two families of JSON Schemas that 1EdTech publishes. */
export const FAMILIES = ['json-strict-2024-07', 'json-ld-2026-06']

/** A check by one of the standard's schemas, such as `achievementcredential`. */
export function standardSchema(family: string, name: string) {
  const ajv = formats.default(new Ajv2019({ strict: false, allErrors: true, validateFormats: true }))
  return ajv.compile(sharedJson(`schemas/${family}/ob_v3p0_${name}_schema.json`))
}
