import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import t from 'tap'

const root = join(import.meta.dirname, '..')
const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string }[]
}

/** A file of a slice that imports what stands above it. */
const upwards = (slice: string, above: string): [string, string] => [
  `src/${slice}/upwards.ts`,
  `import '${slice.replace(/[^/]+/g, '..')}/${above}'`,
]
/** A file elsewhere that reads the tables of a slice. */
const foreignTable = (slice: string): [string, string] => [
  `src/reads-${slice.replace('/', '-')}.ts`,
  `import './${slice}/table.ts'`,
]

/** For each rule a file that breaks it: where it stands, and what it holds. */
const OFFENCES: Record<string, [path: string, text: string]> = {
  'no-circle': ['src/circle-a.ts', "import './circle-b.ts'"],
  'access-imports-downwards': upwards('access', 'issuers/queries.ts'),
  'keys-imports-downwards': upwards('keys', 'access/queries.ts'),
  'issuers-imports-downwards': upwards('issuers', 'assertions/queries.ts'),
  'badge-classes-imports-downwards': upwards('badge-classes', 'status-lists/queries.ts'),
  'status-lists-imports-downwards': upwards('status-lists', 'badge-classes/queries.ts'),
  'mail-imports-downwards': upwards('mail', 'badge-classes/queries.ts'),
  'claim-codes-imports-downwards': upwards('claim-codes', 'assertions/queries.ts'),
  'posters-imports-downwards': upwards('posters', 'claim-codes/queries.ts'),
  'requests-imports-downwards': upwards('requests', 'delivery/hosted/representations.ts'),
  'assertions-imports-downwards': upwards('assertions', 'http/problems.ts'),
  'batches-imports-downwards': upwards('batches', 'delivery/hosted/representations.ts'),
  'delivery/baking-imports-downwards': upwards('delivery/baking', 'assertions/queries.ts'),
  'delivery/hosted-imports-downwards': upwards('delivery/hosted', 'verification/verify.ts'),
  'delivery/claims-imports-downwards': upwards('delivery/claims', 'delivery/oid4vci/queries.ts'),
  'delivery/vcalm-imports-downwards': upwards('delivery/vcalm', 'delivery/oid4vci/queries.ts'),
  'delivery/oid4vci-imports-downwards': upwards('delivery/oid4vci', 'delivery/vcalm/message.ts'),
  'verification-imports-downwards': upwards('verification', 'start.ts'),
  'compatibility-imports-downwards': upwards('compatibility', 'verification/verify.ts'),
  'vc-api-imports-downwards': upwards('vc-api', 'assertions/issue.ts'),
  'only-access-touches-its-tables': foreignTable('access'),
  'only-keys-touches-its-tables': foreignTable('keys'),
  'only-issuers-touches-its-tables': foreignTable('issuers'),
  'only-badge-classes-touches-its-tables': foreignTable('badge-classes'),
  'only-status-lists-touches-its-tables': foreignTable('status-lists'),
  'only-mail-touches-its-tables': foreignTable('mail'),
  'only-claim-codes-touches-its-tables': foreignTable('claim-codes'),
  'only-posters-touches-its-tables': foreignTable('posters'),
  'only-requests-touches-its-tables': foreignTable('requests'),
  'only-assertions-touches-its-tables': foreignTable('assertions'),
  'only-batches-touches-its-tables': foreignTable('batches'),
  'only-delivery/baking-touches-its-tables': foreignTable('delivery/baking'),
  'only-delivery/hosted-touches-its-tables': foreignTable('delivery/hosted'),
  'only-delivery/claims-touches-its-tables': foreignTable('delivery/claims'),
  'only-delivery/vcalm-touches-its-tables': foreignTable('delivery/vcalm'),
  'only-delivery/oid4vci-touches-its-tables': foreignTable('delivery/oid4vci'),
  'only-verification-touches-its-tables': foreignTable('verification'),
  'only-compatibility-touches-its-tables': foreignTable('compatibility'),
  'only-vc-api-touches-its-tables': foreignTable('vc-api'),
  'base-knows-nothing-of-the-domain': ['src/vc/of-the-domain.ts', "import '../issuers/queries.ts'"],
  'command-is-a-client-of-the-api': ['src/cli/inside.ts', "import '../batches/queries.ts'"],
  'routes-are-for-app-alone': ['src/routes-elsewhere.ts', "import './issuers/routes.ts'"],
  'fastify-only-at-the-edge': ['src/assertions/fastify.ts', "import 'fastify'"],
  'drizzle-only-in-data-code': ['src/http/sql.ts', "import 'drizzle-orm'"],
  'linked-data-libraries-only-in-vc': ['src/assertions/linked.ts', "import 'jsonld'"],
  's3-in-one-file': ['src/storage/other.ts', "import 's3mini'"],
  'undici-in-one-file': ['src/outgoing/other.ts', "import 'undici'"],
  'pglite-in-one-file': ['src/db/other.ts', "import '@electric-sql/pglite'"],
  'nodemailer-in-one-file': ['src/mail/other.ts', "import 'nodemailer'"],
  'qrcode-in-one-file': ['src/images/other.ts', "import 'qrcode'"],
  'pdfkit-in-one-file': ['src/pdf/other.ts', "import 'pdfkit'"],
  'pg-boss-in-one-file': ['src/jobs/other.ts', "import 'pg-boss'"],
}

/** What the offences lean on, which offends nobody. */
const BESIDE: Record<string, string> = {
  'src/circle-b.ts': "import './circle-a.ts'",
  'src/delivery/baking/table.ts': '',
  'src/delivery/hosted/table.ts': '',
  'src/compatibility/table.ts': '',
  'src/delivery/vcalm/table.ts': '',
  'src/posters/table.ts': '',
  'src/verification/table.ts': '',
}

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

/** The violations in a copy of the sources, made in an empty folder, with these files added. */
async function violationsWith(copy: string, files: [string, string][]): Promise<Violation[]> {
  for (const name of ['src', 'tsconfig.json', '.dependency-cruiser.cjs', 'package.json']) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const [path, text] of files) {
    await mkdir(dirname(join(copy, path)), { recursive: true })
    await writeFile(join(copy, path), `${text}\nexport {}\n`)
  }
  const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: copy, maxBuffer: 64 * 1024 * 1024 }
    execFile(join(root, 'node_modules/.bin/depcruise'), args, options, (_error, stdout) => resolve(stdout))
  })
  return JSON.parse(output).summary.violations
}

t.test('each rule is seen to fire, and on nothing else', async (t) => {
  t.strictSame(Object.keys(OFFENCES).sort(), forbidden.map(({ name }) => name).sort(), 'a rule, an offence')
  const files = [...Object.values(OFFENCES), ...Object.entries(BESIDE)]
  const violations = await violationsWith(t.testdir({}), files)
  for (const [rule, [path]] of Object.entries(OFFENCES)) {
    t.ok(
      violations.some((found) => found.rule.name === rule && found.from === path),
      `${rule}: ${path}`,
    )
  }
  const ours = files.map(([path]) => path)
  const others = violations.filter(({ from }) => !ours.includes(from))
  t.strictSame(others, [], 'the sources themselves keep every rule')
})

t.test('config.ts alone reads the environment', async (t) => {
  const files = await readdir(join(root, 'src'), { recursive: true })
  const sources = files.filter((name) => name.endsWith('.ts'))
  const readers = []
  for (const name of sources) {
    if (/process\.env\b|from 'node:process'/.test(await readFile(join(root, 'src', name), 'utf8')))
      readers.push(name)
  }
  t.strictSame(readers, ['config.ts'])
})
