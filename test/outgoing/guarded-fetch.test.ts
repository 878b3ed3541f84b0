import { lookup } from 'node:dns'
import type { ServerResponse } from 'node:http'
import type { LookupFunction } from 'node:net'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { createGuardedFetch, FetchRefused, isPublicAddress } from '../../src/outgoing/guarded-fetch.ts'
import {
  type Certificate,
  makeCertificate,
  startHttpsServer,
  WITHOUT_OPENSSL,
} from '../support/https-server.ts'

const WANTED = { accept: 'application/json', maxBytes: 64 * 1024 }
const guarded = createGuardedFetch()
const fetchDocument = (url: string) => guarded(url, WANTED)

async function refusal(fetching: Promise<unknown>): Promise<string> {
  const error = await fetching.then(
    () => undefined,
    (reason) => reason,
  )
  if (!error) return 'it was fetched'
  return error instanceof FetchRefused ? error.message : `not refused but broken: ${error}`
}

t.test('addresses that are not of the public Internet are refused, however they are written', async (t) => {
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0x7f000001',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '１２７.0.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2001::1]',
    '[fd00::1]',
    '[fc00::1]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
    '127.0.0.1.',
    '0x7f.0x0.0x0.0x1',
    '017700000001',
    '127.0.1',
    '%31%32%37.0.0.1',
    '①②⑦.⓪.⓪.①',
    '[0:0:0:0:0:ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::10.0.0.1]',
    '[2002:a00:1::1]',
    '[fe80::a9fe:a9fe]',
    '[fd00:ec2::254]',
  ]
  for (const host of hosts) {
    t.match(await refusal(fetchDocument(`https://${host}/did.json`)), 'is not a public address', host)
    t.match(
      await refusal(fetchDocument(`https://user:secret@${host}:8443/`)),
      'is not a public address',
      host,
    )
  }
})

t.test('public addresses may be reached', async (t) => {
  for (const address of ['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4007::200e']) {
    t.ok(isPublicAddress(address), address)
  }
  for (const address of ['localhost', '', 'example.org', '1.1.1.1/8', '::1%eth0']) {
    t.notOk(isPublicAddress(address), address)
  }
})

t.test('a name that leads to such an address is refused', async (t) => {
  for (const host of ['localhost', 'LOCALHOST', 'localhost.', 'ｌocalhost']) {
    t.match(
      await refusal(fetchDocument(`https://${host}/did.json`)),
      /leads to .+, which is not public|ENOTFOUND localhost\./,
      host,
    )
  }
})

t.test('only https is spoken', async (t) => {
  for (const url of [
    'http://example.org/',
    'http://127.0.0.1/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:application/json,{}',
  ]) {
    t.match(await refusal(fetchDocument(url)), 'is not https:', url)
  }
  for (const url of [
    '',
    'example.org',
    'https://',
    'https://[fe80::1%25eth0]/',
    'https://[::1',
    'https://256.256.256.256/',
  ])
    t.equal(await refusal(fetchDocument(url)), 'it is not a URL', url)
  t.equal(await refusal(fetchDocument('https://user:secret@example.org/')), 'it names a user')
})

const certificate = await makeCertificate()
const withCertificate = certificate ? {} : { skip: WITHOUT_OPENSSL }

/** What the server of a stranger could answer. */
const ANSWERS: Record<string, (response: ServerResponse) => void> = {
  '/good': (response) => json(response, { id: 'did:web:é' }),
  '/largest': (response) => json(response, 'x'.repeat(64 * 1024 - 2)),
  '/too-large': (response) => json(response, 'x'.repeat(64 * 1024)),
  '/too-large-in-parts': (response) => {
    for (let i = 0; i < 20; i++) response.write(`${' '.repeat(4096)}`)
    response.end('{}')
  },
  '/endless': (response) => {
    const more = () => response.write(' '.repeat(4096), () => response.destroyed || setImmediate(more))
    more()
  },
  '/empty': (response) => response.end(),
  '/too-long': (response) => {
    // More than it said: what is beyond belongs to nothing.
    response.writeHead(200, { 'content-length': 2 })
    response.socket?.end(`{}${'x'.repeat(1000)}`)
  },
  '/said-too-large': (response) => {
    response.writeHead(200, { 'content-length': 10_000_000 })
    response.write('{')
  },
  '/compressed': (response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))),
  '/moved-home': (response) => response.writeHead(301, { location: 'https://127.0.0.1/good' }).end(),
  '/cut-short': (response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('{')
    setTimeout(() => response.destroy(), 20)
  },
  '/moved': (response) => response.writeHead(302, { location: '/good' }).end(),
  '/moved-for-good': (response) => response.writeHead(308, { location: 'https://localhost/good' }).end(),
  '/missing': (response) => response.writeHead(404).end('{}'),
  '/broken': (response) => response.writeHead(500).end('{}'),
  '/no-content': (response) => response.writeHead(204).end(),
  '/silent': () => undefined,
  '/slow': (response) => {
    const timer = setInterval(() => response.write(' '), 400)
    response.on('close', () => clearInterval(timer))
  },
}

t.test('from a server that is allowed', withCertificate, async (t) => {
  const asked: Record<string, number> = {}
  const server = await startHttpsServer(certificate as Certificate, (request, response) => {
    asked[request.url!] = (asked[request.url!] ?? 0) + 1
    ANSWERS[request.url!]!(response)
  })
  t.teardown(server.close)
  const isLoopback = (address: string) => ['127.0.0.1', '::1'].includes(address)
  const fetch = createGuardedFetch({ isAllowed: isLoopback, ca: certificate!.cert })
  const allowed = async (url: string) => JSON.parse((await fetch(url, WANTED)).bytes.toString())
  const refused = (path: string) => refusal(fetch(server.origin + path, WANTED))

  t.test('a JSON document is fetched', async (t) => {
    t.strictSame(await allowed(`${server.origin}/good`), { id: 'did:web:é' })
    t.strictSame(await allowed(`https://127.0.0.1:${server.port}/good`), { id: 'did:web:é' })
    t.equal(((await allowed(`${server.origin}/largest`)) as string).length, 64 * 1024 - 2)
  })

  t.test('no redirect is followed', async (t) => {
    t.equal(await refused('/moved'), 'the answer was 302')
    t.equal(await refused('/moved-for-good'), 'the answer was 308')
    t.equal(await refused('/moved-home'), 'the answer was 301')
    t.equal(asked['/good'], 2)
  })

  t.test('any other answer is refused', async (t) => {
    t.equal(await refused('/missing'), 'the answer was 404')
    t.equal(await refused('/broken'), 'the answer was 500')
    t.equal(await refused('/no-content'), 'the answer was 204')
  })

  t.test('what is not whole is refused, and what is too long is not read on', async (t) => {
    await isRefused(t, refused('/cut-short'), 'cut short')
    t.match(await refused('/empty'), 'it was fetched')
    const why = await refused('/too-long')
    t.match(why, /it was fetched|socket|closed|parse|terminated|expected/i, why)
  })

  t.test('nothing is unpacked', async (t) => {
    t.equal(await refused('/compressed'), 'the answer is compressed')
  })

  t.test('more than 64 KB are not read', async (t) => {
    for (const path of ['/too-large', '/too-large-in-parts', '/endless', '/said-too-large'])
      t.equal(await refused(path), 'the answer has more than 65536 bytes', path)
  })

  t.test('nobody is waited for longer than five seconds', async (t) => {
    const start = Date.now()
    await Promise.all(['/silent', '/slow'].map((path) => isRefused(t, refused(path), path)))
    const took = Date.now() - start
    t.ok(took > 4000 && took < 7500, `${took} ms`)
  })

  t.test('a certificate of nobody’s is refused', async (t) => {
    const without = createGuardedFetch({ isAllowed: isLoopback })
    await isRefused(t, refusal(without(`${server.origin}/good`, WANTED)), 'self-signed')
    t.equal(asked['/good'], 2)
  })

  t.test('a server that is not there is refused', async (t) => {
    await isRefused(t, refusal(allowed('https://localhost:1/')), 'closed port')
  })

  t.test('of a name with several addresses, one that is not allowed refuses it', async (t) => {
    const answers = { 'two.example': ['127.0.0.1', '10.0.0.1'], 'mapped.example': ['::ffff:127.0.0.1'] }
    const both = createGuardedFetch({ isAllowed: isLoopback, ca: certificate!.cert, lookup: dns(answers) })
    for (const name of Object.keys(answers))
      t.match(
        await refusal(both(`https://${name}:${server.port}/good`, WANTED)),
        /leads to .+, which is not public/,
      )
  })

  t.test('names that are slow to answer do not take all the threads', async (t) => {
    let [running, most] = [0, 0]
    const slow: LookupFunction = (_name, _options, callback) => {
      most = Math.max(most, ++running)
      setTimeout(() => {
        running--
        callback(null, [{ address: '127.0.0.1', family: 4 }] as never)
      }, 20)
    }
    const fetch = createGuardedFetch({ isAllowed: isLoopback, lookup: slow })
    const names = Array.from({ length: 10 }, (_, i) => `https://slow${i}.example:${server.port}/good`)
    await Promise.all(names.map((url) => isRefused(t, refusal(fetch(url, WANTED)), url)))
    t.equal(most, 2)
  })

  t.test('a name that changes its answer between two questions gains nothing', async (t) => {
    const before = asked['/good']
    // First a public address, then home: the address that was checked is the one that is connected to.
    const asks: string[] = []
    const rebinding: LookupFunction = (_name, _options, callback) => {
      const address = asks.length === 0 ? '192.0.2.1' : '127.0.0.1'
      asks.push(address)
      callback(null, [{ address, family: 4 }] as never)
    }
    const isPublic = (address: string) => address === '192.0.2.1'
    const fetch = createGuardedFetch({ isAllowed: isPublic, ca: certificate!.cert, lookup: rebinding })
    await isRefused(t, refusal(fetch(`https://rebind.example:${server.port}/good`, WANTED)), 'first answer')
    t.equal(asks.length, 1, 'it is asked once for a connection')
    t.match(
      await refusal(fetch(`https://rebind.example:${server.port}/good`, WANTED)),
      'rebind.example leads to 127.0.0.1, which is not public',
    )
    t.equal(asked['/good'], before, 'nobody came')
  })
})

/** Answers for these names; for others the system does. */
function dns(answers: Record<string, string[]>): LookupFunction {
  return (name, options, callback) => {
    const addresses = answers[name]?.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (!addresses) return lookup(name, options, callback as never)
    callback(null, addresses as never)
  }
}

async function isRefused(t: Test, refusing: Promise<string>, name: string): Promise<void> {
  const why = await refusing
  t.notMatch(why, /it was fetched|not refused but broken/, `${name}: ${why}`)
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
