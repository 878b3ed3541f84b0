import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import t from 'tap'
import { ConfigError, readConfig } from '../src/config.ts'

const OPERATOR_KEY = 'x'.repeat(32)
const MASTER_KEY = randomBytes(32).toString('base64')
const DATABASE_URL = 'postgres://user:pa55@db.example/ecusson'

function mistakesOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
}

t.test('nothing needs to be set', async (t) => {
  const config = readConfig({})
  t.match(config, {
    host: '127.0.0.1',
    port: 3000,
    publicUrl: 'http://localhost:3000',
    dataDir: resolve('data'),
    storageUrl: `file:${resolve('data/files')}`,
    logLevel: 'info',
    trustProxy: false,
    workers: Math.max(1, availableParallelism() - 1),
    selfCheckEvery: 1000,
    fetchForeign: true,
  })
  t.notOk('databaseUrl' in config || 'operatorKey' in config || 'masterKey' in config)
  t.strictSame(readConfig({ PORT: ' ', PUBLIC_URL: '', DATABASE_URL: '  ' }), config, 'empty is not set')
})

t.test('all mistakes are told at once, each by its name', async (t) => {
  const env = {
    PORT: 'http',
    PUBLIC_URL: 'https://badges.example/path',
    DATABASE_URL: 'mysql://db.example',
    STORAGE_URL: 'ftp://files.example',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'yes',
    RATE_LIMIT_PUBLIC_WRITES: '0',
    RATE_LIMIT_FAILED_KEYS: '-1',
    FETCH_FOREIGN: '1',
  }
  const mistakes = mistakesOf(env)
  for (const name of [...Object.keys(env), 'OPERATOR_KEY', 'MASTER_KEY']) {
    t.equal(mistakes.filter((mistake) => mistake.startsWith(`${name} `)).length, 1, name)
  }
  t.equal(mistakes.length, Object.keys(env).length + 2)
  const message = new ConfigError(mistakes).message
  for (const mistake of mistakes) t.ok(message.includes(mistake))
})

t.test('each mistake alone is told', async (t) => {
  const cases = [
    ['PORT', ['65536', '-1', '3000.5', '1e3', '0x10', 'a']],
    [
      'PUBLIC_URL',
      [
        'badges.example',
        'ftp://badges.example',
        'https://badges.example/?a',
        'https://user@badges.example',
        'https://',
      ],
    ],
    ['OPERATOR_KEY', ['x'.repeat(31)]],
    [
      'MASTER_KEY',
      [
        'short',
        randomBytes(31).toString('base64'),
        randomBytes(33).toString('base64'),
        randomBytes(32).toString('hex'),
      ],
    ],
    ['STORAGE_URL', ['/var/files', 'https://host/bucket']],
    ['LOG_LEVEL', ['INFO', 'verbose']],
    ['TRUST_PROXY', ['TRUE', '10', 'no', '10.0.0.1/33']],
  ] as const
  for (const [name, values] of cases) {
    for (const value of values) {
      const mistakes = mistakesOf({ [name]: value })
      t.equal(mistakes.length, 1, `${name}=${value}`)
      t.ok(mistakes[0]?.startsWith(`${name} `))
    }
  }
})

t.test('no mistake tells a secret', async (t) => {
  const secrets = {
    OPERATOR_KEY: 'too-short-secret',
    MASTER_KEY: 'not-base64-secret',
    DATABASE_URL: 'mysql://u:the-secret@db',
  }
  t.notMatch(mistakesOf(secrets).join('\n'), /secret/)
})

t.test('a PostgreSQL server needs both keys, the embedded database makes them', async (t) => {
  t.strictSame(
    mistakesOf({ DATABASE_URL }).map((mistake) => mistake.split(' ')[0]),
    ['OPERATOR_KEY', 'MASTER_KEY'],
  )
  const config = readConfig({ DATABASE_URL, OPERATOR_KEY, MASTER_KEY })
  t.match(config, { databaseUrl: DATABASE_URL, operatorKey: OPERATOR_KEY, masterKey: MASTER_KEY })
})

t.test('the configuration is frozen, and its origin has no slash at the end', async (t) => {
  const config = readConfig({ PUBLIC_URL: 'https://Badges.Example:8443/', PORT: '8080', HOST: '0.0.0.0' })
  t.equal(config.publicUrl, 'https://badges.example:8443')
  t.ok(Object.isFrozen(config) && Object.isFrozen(config.rateLimits))
})
