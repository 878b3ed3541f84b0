import { pointerOf } from '../json.ts'

/** One fault, as the JSON Schema library tells it. */
interface SchemaError {
  readonly instancePath: string
  readonly params: object
}

/** More would not help a reader. */
const MAX_PATHS = 5

/**
 * The places that are wrong, a missing member's too: JSON Pointers, five at most. What stands in no branch of a choice
 * is told of the choice as well; of two places one in the other, the inner one says more.
 */
export function faultPaths(errors: readonly SchemaError[]): string[] {
  const paths = errors.flatMap(placesOf)
  const innermost = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
  return [...new Set(innermost)].slice(0, MAX_PATHS).map((path) => path || '/')
}

function placesOf({ instancePath, params }: SchemaError): string[] {
  const { requiredProperties, additionalProperties } = params as Record<string, string[] | undefined>
  const names = Array.isArray(requiredProperties) ? requiredProperties : additionalProperties
  return Array.isArray(names) ? names.map((name) => `${instancePath}/${pointerOf(name)}`) : [instancePath]
}
