import type { Proof, Requirement, Role, Standard } from './requirement.ts'

const ROLES: Readonly<Record<Role, string>> = {
  issuer: 'Issuer',
  verifier: 'Verifier',
  'openid-issuer': 'Credential issuer',
}
const CHECK_MESSAGES = ['met', 'not applicable', 'not met', 'not run here'] as const
type Verdict = (typeof CHECK_MESSAGES)[number]
type Skipped = ReadonlyMap<Proof, string>

const INTRODUCTION = `# Conformance

What the standards ask of an issuer, of a verifier and of an OpenID4VCI credential issuer, and the test that shows it.
\`npm run conformance\` runs these tests and writes this page; nothing is written when one of them fails or is missing.

Each requirement (MUST, REQUIRED, SHALL and their negations) is told in a line: the standard’s own text counts. What
is *not applicable* belongs to a feature that is not offered here, or binds somebody else. What is *not met* is told
with the reason, and gathered first.`

/**
 * The report as Markdown: a summary by standard and role, what is not met, then each standard.
 * @param skipped the tests that were not run, and why: what they alone would prove is told as not run
 */
export function renderReport(standards: readonly Standard[], skipped: Skipped): string {
  const parts = [
    INTRODUCTION,
    summary(standards, skipped),
    ...shortcomings(standards),
    ...standards.map((standard) => chapter(standard, skipped)),
  ]
  return `${parts.join('\n\n')}\n`
}

function summary(standards: readonly Standard[], skipped: Skipped): string {
  const counted = (requirements: readonly Requirement[]) =>
    CHECK_MESSAGES.map((verdict) => requirements.filter((one) => verdictOf(one, skipped) === verdict).length)
  const rows = standards.flatMap((standard) =>
    rolesOf(standard).map((role) => [
      `[${standard.name}](#${anchorOf(standard.name)})`,
      ROLES[role],
      ...counted(requirementsOf(standard, role)),
    ]),
  )
  const all = counted(standards.flatMap(({ requirements }) => requirements))
  const isWhole = all[CHECK_MESSAGES.indexOf('not run here')] === 0
  return table(['standard', 'role', ...CHECK_MESSAGES], [...rows, ['**all**', '', ...all]], isWhole ? 5 : 6)
}

function shortcomings(standards: readonly Standard[]): string[] {
  const rows = standards.flatMap(({ name, requirements }) =>
    requirements
      .filter(({ notMet }) => notMet)
      .map(({ section, role, must, notMet }) => [`${name}, ${section}`, ROLES[role], must, notMet!]),
  )
  if (rows.length === 0) return []
  return ['## What is not met', table(['standard, section', 'role', 'requirement', 'why'], rows)]
}

function chapter(standard: Standard, skipped: Skipped): string {
  const tables = rolesOf(standard).map((role) => {
    const rows = requirementsOf(standard, role).map((one) => [
      one.section,
      one.must,
      proofOf(one, skipped),
      verdictOf(one, skipped),
    ])
    return `### ${ROLES[role]}: ${standard.name}\n\n${table(['section', 'requirement', 'shown by', 'outcome'], rows)}`
  })
  return [`## ${standard.name}`, `<${standard.url}>`, ...tables].join('\n\n')
}

function proofOf({ provedBy = [], notMet, notApplicable }: Requirement, skipped: Skipped): string {
  if (provedBy.length === 0) return (notMet ?? notApplicable)!
  const files = Map.groupBy(provedBy, ({ file }) => file)
  return [...files]
    .map(([file, proofs]) => {
      const titles = proofs.map((proof) => {
        const reason = skipped.get(proof)
        return `“${proof.test}”${reason === undefined ? '' : ` (not run here: ${reason})`}`
      })
      return [`[${file}](../${file})`, ...titles].join('<br>')
    })
    .join('<br>')
}

/** Met is what is shown by every test that it has; one that was not run shows nothing. */
function verdictOf({ provedBy = [], notApplicable }: Requirement, skipped: Skipped): Verdict {
  if (provedBy.length === 0) return notApplicable === undefined ? 'not met' : 'not applicable'
  return provedBy.some((proof) => skipped.has(proof)) ? 'not run here' : 'met'
}

const rolesOf = ({ requirements }: Standard) =>
  (Object.keys(ROLES) as Role[]).filter((role) => requirements.some((one) => one.role === role))

const requirementsOf = ({ requirements }: Standard, role: Role) =>
  requirements.filter((one) => one.role === role)

/** What GitHub makes of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

function table(heading: string[], rows: (string | number)[][], columns = heading.length): string {
  const line = (cells: (string | number)[]) =>
    `| ${cells
      .slice(0, columns)
      .map((cell) => String(cell).replaceAll('|', '\\|'))
      .join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')
}
