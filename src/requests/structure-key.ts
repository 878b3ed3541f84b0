/**
 * A structure's name as one looks for it: without accents, case, punctuation and runs of spaces. "ACI Les
 * Jardins" and "aci les  jardins" are one.
 */
export function structureKeyOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
