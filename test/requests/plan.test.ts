import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/pg-proxy'
import t from 'tap'
import { type Db, inTransaction } from '../../src/db/db.ts'
import type { Position } from '../../src/db/page.ts'
import { listRequests, type RequestFilter } from '../../src/requests/queries.ts'
import { award, createTenant, type Tenant } from '../support/factories.ts'
import { createForm } from '../support/requests.ts'
import { startService } from '../support/service.ts'

const MANY = 20_000
const LIMIT = 50
/** What one page may look at: little more than what it shows. */
const MOST_ROWS = 2 * LIMIT
/** A structure whose requests were all accepted, long before anything else was asked for. */
const OLD = { name: 'Les Anciens', siret: '99999999999999' }
const SIRET = '00000000000007'

const { app, ctx } = await startService(t)
const tenant = await createTenant(app)
const neighbour = await createTenant(app)
const badges = [await createForm(tenant), await createForm(tenant), await createForm(tenant)] as const
const foreignBadge = await createForm(neighbour)
await fill(tenant, badges, MANY)
await fill(neighbour, [foreignBadge], MANY / 4)
await ctx.db.execute(sql`analyze requests`)

/** Requests in all states, one a second; the oldest quarter is of one structure, for one badge. */
async function fill(of: Tenant, badgeClasses: readonly string[], count: number): Promise<void> {
  const { id: assertionId } = await award(of, badgeClasses[0]!)
  const [first, ...others] = badgeClasses.map((id) => `'${id}'::uuid`)
  const recent = `(array[${others.join(', ') || first}])[1 + n % ${others.length || 1}]`
  await ctx.db.execute(
    sql.raw(`
      insert into requests (id, issuer_id, badge_class_id, badge_class_version, state, language, answers,
        checklist, consent, structure_name, structure_key, structure_siret, assertion_id, assigned_to,
        created_at, updated_at)
      select gen_random_uuid(), '${of.id}', badge, 1, state, 'fr', '{}', '[]', '{}', structure,
        lower(structure), siret, case when state = 'accepted' then '${assertionId}'::uuid end,
        case when state = 'submitted' and n % 400 = 3 then 'Claire Petit' end, at, at
      from (
        select n, n <= ${count / 4} as old, timestamptz '2026-01-01' + n * interval '1 second' as at
        from generate_series(1, ${count}) as n
      ) as numbers, lateral (
        select
          case when old then ${first} else ${recent} end as badge,
          case when old then 'accepted' when n % 3 = 0 then 'submitted' else
            (array['draft', 'returned', 'accepted', 'rejected', 'withdrawn', 'expired'])[1 + n % 6] end as state,
          case when old then '${OLD.name}' else 'ACI ' || n % 50 end as structure,
          case when old then '${OLD.siret}' else lpad((n % 50)::text, 14, '0') end as siret
      ) as told`),
  )
}

/** The statement that the list runs: the real one, told by the driver in the place of a database. */
async function statementOf(
  filter: RequestFilter,
  after?: Position,
): Promise<{ text: string; values: string[] }> {
  let told: { text: string; values: unknown[] } | undefined
  const db = drizzle(async (text, values) => {
    told = { text, values }
    return { rows: [] }
  })
  await listRequests(db as unknown as Db, tenant.id, filter, { limit: LIMIT, ...(after ? { after } : {}) })
  return { text: told!.text, values: told!.values.map(String) }
}

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Node[]
}

/**
 * How the server goes about a statement.
 * @param mode it plans for the values at hand, or once for all values, as for a statement that comes often
 */
async function planOf(
  { text, values }: { text: string; values: string[] },
  mode: 'force_custom_plan' | 'force_generic_plan',
): Promise<Node[]> {
  const name = `list_${randomUUID().replaceAll('-', '')}`
  const literals = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')
  return inTransaction(ctx.db, async (tx) => {
    await tx.execute(sql.raw(`set local plan_cache_mode = ${mode}`))
    await tx.execute(sql.raw(`prepare ${name} as ${text}`))
    const explained = await tx.execute(sql.raw(`explain (analyze, format json) execute ${name}(${literals})`))
    await tx.execute(sql.raw(`deallocate ${name}`))
    const [row] = (explained as unknown as { rows: { 'QUERY PLAN': { Plan: Node }[] }[] }).rows
    return nodesOf(row!['QUERY PLAN'][0]!.Plan)
  })
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

const FILTERS = {
  state: [undefined, 'submitted', 'accepted', 'draft'],
  badgeClass: [undefined, badges[0], badges[1], foreignBadge],
  structure: [undefined, 'aci 7', SIRET, OLD.name, OLD.siret],
  assignedTo: [undefined, 'Claire Petit'],
}
const PAGES = [undefined, { createdAt: new Date('2026-01-01T03:00:00Z'), id: randomUUID() }]

/** Every combination of values of the filters. */
function combinations(): RequestFilter[] {
  return Object.entries(FILTERS).reduce<object[]>(
    (filters, [name, values]) =>
      filters.flatMap((filter) =>
        values.map((value) => (value === undefined ? filter : { ...filter, [name]: value })),
      ),
    [{}],
  )
}

for (const mode of ['force_custom_plan', 'force_generic_plan'] as const) {
  t.test(`every list of requests is read by an index: ${mode}`, async (t) => {
    let most = 0
    for (const filter of combinations()) {
      for (const after of PAGES) {
        const what = `${JSON.stringify(filter)}${after ? ' on a later page' : ''}`
        const nodes = await planOf(await statementOf(filter, after), mode)
        const types = nodes.map((node) => node['Node Type'])
        if (types.includes('Seq Scan')) t.fail(`${what}: ${types}`)
        // Three at once may walk through what two of them leave.
        if (Object.keys(filter).length > 2) continue
        const rows = Math.max(...nodes.map(walkedThrough))
        if (rows > MOST_ROWS) t.fail(`${what} walks through ${rows} rows: ${types}`)
        most = Math.max(most, rows)
      }
    }
    t.ok(most > LIMIT, `none walks through more than ${most} rows`)
  })
}

function walkedThrough(node: Node): number {
  return node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)
}
