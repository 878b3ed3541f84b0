/** Who a requirement binds. */
export type Role = 'issuer' | 'verifier' | 'openid-issuer'

/** A test that shows a requirement to be met: its file, and its title as tap prints it (`outer › inner`). */
export interface Proof {
  readonly file: string
  readonly test: string
}

/** What a standard says must be, in a line, and what shows that it is; or why it is not, or cannot be. */
export interface Requirement {
  readonly section: string
  readonly role: Role
  readonly must: string
  readonly provedBy?: readonly Proof[]
  readonly notMet?: string
  readonly notApplicable?: string
}

export interface Standard {
  readonly name: string
  readonly url: string
  readonly requirements: readonly Requirement[]
}

export type Row = readonly [section: string, must: string, ...found: Found[]]
type Found = readonly Proof[] | { readonly notMet: string } | { readonly notApplicable: string }

/** The requirements of one role, a row each: section, what must be, and the tests or the reason. */
export function requirementsOf(role: Role, rows: readonly Row[]): Requirement[] {
  return rows.map(([section, must, ...found]) => {
    const provedBy = found.flatMap((one) => ('length' in one ? one : []))
    const reason = found.find((one) => !('length' in one))
    return { section, role, must, ...(provedBy.length > 0 ? { provedBy } : {}), ...reason }
  })
}

/** The tests of one file, by their titles. */
export function by(file: string, ...titles: string[]): Proof[] {
  return titles.map((test) => ({ file: `test/${file}.test.ts`, test }))
}

export const notMet = (why: string) => ({ notMet: why })
export const notApplicable = (why: string) => ({ notApplicable: why })
