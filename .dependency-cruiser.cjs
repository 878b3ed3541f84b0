// Who may import whom: downwards only, and never in a circle.
const routes = 'routes\\.ts$'
const tables = 'table\\.ts$'
const base =
  '^src/(db|gather|together|jobs/queue|signing|storage|vc|images|markup|pdf|outgoing|errors|messages|image-messages|list-messages|request-messages|evidence-messages|claim-messages|credential-messages|model-messages|model-messages|context|config|fields|json|log)(/|\\.ts$)'

/** The slices of the domain, and the slices below each that it may import. */
const slices = {
  access: [],
  keys: [],
  issuers: ['access', 'keys'],
  'badge-classes': ['access', 'keys', 'issuers'],
  'status-lists': ['access', 'keys', 'issuers'],
  mail: ['access', 'keys', 'issuers'],
  'claim-codes': ['access', 'keys', 'issuers', 'badge-classes'],
  posters: ['access', 'keys', 'issuers', 'badge-classes'],
  assertions: ['access', 'keys', 'issuers', 'badge-classes', 'status-lists', 'mail'],
  batches: ['access', 'keys', 'issuers', 'badge-classes', 'status-lists', 'assertions', 'mail'],
  requests: [
    'access',
    'keys',
    'issuers',
    'badge-classes',
    'status-lists',
    'assertions',
    'mail',
    'claim-codes',
  ],
  'delivery/baking': ['access', 'keys', 'issuers', 'badge-classes'],
  'delivery/hosted': [
    'access',
    'keys',
    'issuers',
    'badge-classes',
    'status-lists',
    'assertions',
    'delivery/baking',
  ],
  'delivery/claims': ['access', 'keys', 'issuers', 'badge-classes', 'status-lists', 'assertions', 'mail'],
  'delivery/vcalm': ['access', 'keys', 'issuers', 'badge-classes', 'assertions', 'delivery/claims'],
  'delivery/oid4vci': ['access', 'keys', 'issuers', 'badge-classes', 'assertions', 'delivery/claims'],
  compatibility: [
    'access',
    'keys',
    'issuers',
    'badge-classes',
    'status-lists',
    'assertions',
    'delivery/baking',
  ],
  verification: ['access', 'keys', 'issuers', 'badge-classes', 'status-lists', 'assertions', 'delivery'],
  'vc-api': ['access', 'keys', 'issuers', 'status-lists', 'verification'],
}

const forbid = (name, from, to) => ({ name, severity: 'error', from, to })
const onlyIn = (name, library, file) =>
  forbid(`${name}-in-one-file`, { path: '^src/', pathNot: file }, { path: library })

module.exports = {
  forbidden: [
    forbid('no-circle', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    ...Object.entries(slices).flatMap(([slice, below]) => [
      forbid(
        `${slice}-imports-downwards`,
        { path: `^src/${slice}/`, pathNot: [routes, tables] },
        { path: '^src/', pathNot: [base, ...[slice, ...below].map((name) => `^src/${name}/`)] },
      ),
      forbid(
        `only-${slice}-touches-its-tables`,
        { path: '^src/', pathNot: [`^src/${slice}/`, tables, '^src/db/schema\\.ts$'] },
        { path: `^src/${slice}/table\\.ts$` },
      ),
    ]),
    forbid(
      'base-knows-nothing-of-the-domain',
      { path: base, pathNot: [routes, '^src/db/schema\\.ts$'] },
      { path: '^src/', pathNot: base },
    ),
    forbid(
      'command-is-a-client-of-the-api',
      { path: '^src/cli(/|\\.ts$)' },
      { path: '^src/', pathNot: '^src/(cli/|config\\.ts$|messages\\.ts$)' },
    ),
    forbid('routes-are-for-app-alone', { path: '^src/', pathNot: '^src/app\\.ts$' }, { path: routes }),
    forbid(
      'fastify-only-at-the-edge',
      { path: '^src/', pathNot: ['^src/app\\.ts$', '^src/server\\.ts$', '^src/http/', routes] },
      { path: ['node_modules/@fastify/', 'node_modules/fastify/'] },
    ),
    forbid(
      'drizzle-only-in-data-code',
      {
        path: ['^src/(http|images|outgoing|storage|vc|verification|vc-api|compatibility|delivery)/', routes],
        pathNot: [tables, 'queries\\.ts$'],
      },
      { path: 'node_modules/drizzle-orm' },
    ),
    forbid(
      'linked-data-libraries-only-in-vc',
      { path: '^src/', pathNot: '^src/vc/' },
      { path: ['node_modules/@digitalbazaar/', 'node_modules/@digitalcredentials/', 'node_modules/jsonld/'] },
    ),
    onlyIn('s3', 'node_modules/s3mini/', '^src/storage/s3\\.ts$'),
    onlyIn('undici', 'node_modules/undici/', '^src/outgoing/guarded-fetch\\.ts$'),
    onlyIn('pglite', 'node_modules/@electric-sql/', '^src/db/embedded\\.ts$'),
    onlyIn('nodemailer', 'node_modules/nodemailer/', '^src/mail/transport\\.ts$'),
    onlyIn('qrcode', 'node_modules/qrcode/', '^src/images/qr\\.ts$'),
    onlyIn('pdfkit', 'node_modules/(@types/)?pdfkit/', '^src/pdf/document\\.ts$'),
    onlyIn('pg-boss', 'node_modules/pg-boss/', '^src/jobs/queue\\.ts$'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
