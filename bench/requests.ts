import { randomUUID } from 'node:crypto'
import { queryOnce } from './postgres.ts'
import { AWARD, type PublishedBadge, publishBadge, type Service } from './service.ts'

const BADGES = 8
const STRUCTURES = 2000
/** Of all requests, those of the first year: one structure, one badge, all of them accepted. */
const OLD_SHARE = 0.1
const OLD = 'les anciens'

export interface FilledRequests {
  readonly issuer: string
  readonly badgeClasses: readonly string[]
}

/** An issuer with so many requests: of several badges, structures and reviewers, in all states. */
export async function fillRequests(
  service: Service,
  databaseUrl: string,
  count: number,
): Promise<FilledRequests> {
  const badges: PublishedBadge[] = [await publishBadge(service)]
  while (badges.length < BADGES) badges.push(await publishBadge(service, badges[0]))
  const { issuer, badgeClass } = badges[0]!
  const { id: assertion } = await service.callJson('POST', `/v1/badge-classes/${badgeClass}/assertions`, {
    recipient: { email: `${randomUUID()}@exemple.org` },
    ...AWARD,
  })
  const { id: issuerId } = await service.callJson('GET', `/v1/issuers/${issuer}`)
  const badgeClasses = badges.map((badge) => badge.badgeClass)
  await queryOnce(databaseUrl, inserting(count, { issuerId, badgeClasses, assertion }))
  await queryOnce(databaseUrl, 'vacuum analyze requests')
  return { issuer, badgeClasses }
}

/** A few in a hundred wait for review; who reviews has a dozen in hand, whatever the number of all. */
function inserting(
  count: number,
  { issuerId, badgeClasses, assertion }: { issuerId: string; badgeClasses: string[]; assertion: string },
): string {
  const states = ['submitted', 'draft', 'returned', 'rejected', 'withdrawn', 'expired']
  return `
    insert into requests (id, issuer_id, badge_class_id, badge_class_version, state, round, language, name, email,
      structure_name, structure_key, structure_siret, referent_name, answers, checklist, consent, assertion_id,
      assigned_to, created_at, updated_at, submitted_at)
    select gen_random_uuid(), '${issuerId}', badge, 1, state, 1, 'fr', 'Aïcha Benhaddou', 'p' || n || '@exemple.org',
      structure, structure, siret, 'Claire Petit',
      jsonb_build_object('why', repeat('Je suis fier de ce que j’ai appris. ', 4), 'day', '2026-05-02'), '[]',
      jsonb_build_object('version', md5('1'), 'textHash', md5('2'), 'language', 'fr', 'channel', 'online',
        'at', '2026-05-02T10:00:00.000Z'),
      case when state = 'accepted' then '${assertion}'::uuid end,
      case when state = 'submitted' and n > ${count} - 12000 and n % 1000 < 60 then 'reviewer ' || n % 5 end,
      at, at, at
    from (
      select n, n <= ${count * OLD_SHARE} as old, timestamptz '2025-01-01' + n * interval '20 seconds' as at
      from generate_series(1, ${count}) as n
    ) as numbers, lateral (
      select
        case when old then '${badgeClasses[0]}'::uuid
          else (array['${badgeClasses.slice(1).join("','")}']::uuid[])[1 + n % ${BADGES - 1}] end as badge,
        case when old or n % 20 > 5 then 'accepted' else (array['${states.join("','")}'])[1 + n % 20] end as state,
        case when old then '${OLD}' else 'aci ' || n::bigint * n % ${STRUCTURES} end as structure,
        case when old then '99999999999999' else lpad((n::bigint * n % ${STRUCTURES})::text, 14, '0') end as siret
    ) as told`
}

/** The lists that reviewers ask for, with each filter and pairs of them; and the second page of each. */
export async function listPaths(
  service: Service,
  { issuer, badgeClasses }: FilledRequests,
): Promise<string[]> {
  const [old, badgeClass] = badgeClasses as [string, string]
  const structures = [1, 4, 9, 16, 25].map((n) => `ACI ${n}`)
  const filters: Record<string, string>[] = [
    {},
    ...['submitted', 'accepted', 'returned', 'draft'].map((state) => ({ state })),
    ...[old, badgeClass].map((of) => ({ badgeClass: of })),
    ...[old, badgeClass].map((of) => ({ badgeClass: of, state: 'submitted' })),
    ...[...structures, OLD, '99999999999999', '00000000000036'].map((structure) => ({ structure })),
    ...[...structures, OLD, '99999999999999'].map((structure) => ({ structure, state: 'submitted' })),
    ...[...structures, OLD].map((structure) => ({ structure, badgeClass })),
    ...[0, 1, 2].map((n) => ({ assignedTo: `reviewer ${n}` })),
  ]
  const paths: string[] = []
  for (const filter of filters) {
    const path = `/v1/issuers/${issuer}/requests?${new URLSearchParams(filter)}`
    const { nextCursor } = await service.callJson('GET', path)
    paths.push(path)
    if (nextCursor) paths.push(`${path}&cursor=${nextCursor}`)
  }
  return paths
}
