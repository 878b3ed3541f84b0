import { check, property, string } from 'fast-check'
import t from 'tap'
import { walletJson } from '../../src/vc/wallet-json.ts'

const HOSTILE = {
  braces: '}}} {{{ } {',
  entities: '&quot;&amp;&copy;&copy &lt;b&gt; &#123; &#x7d; &nbsp',
  cdata: ']]> <![CDATA[ -->',
  markup: '<script>alert("1")</script>',
  accents: 'Période d’essai, Aïcha Çelik, œuvre, ÿ',
  emoji: '👩🏽‍🔧 🏅',
  escapes: 'a\\b "c" \\" \\\\ \n\t\r \\u007b /',
  '{key}&<>': ['}', { '&amp;': '&' }],
}

/** What stands between the quotes of a JSON text, as it was written. */
const stringsOf = (json: string) => json.match(/"(?:[^"\\]|\\.)*"/g) ?? []

t.test('the value survives', async (t) => {
  t.same(JSON.parse(walletJson(HOSTILE)), HOSTILE)
  t.equal(check(property(string({ unit: 'binary' }), survives), { seed: 3, numRuns: 500 }).failed, false)
})

t.test('no string holds a character that a careless reader stumbles over', async (t) => {
  const json = walletJson(HOSTILE)
  t.ok(stringsOf(json).length > 10)
  t.notOk(stringsOf(json).some((string) => /[{}&<>]/.test(string)))
  t.notMatch(json, ']]>')
})

t.test('a wallet that decodes HTML entities before it reads finds nothing to decode', async (t) => {
  const json = walletJson(HOSTILE)
  t.notMatch(json, '&')
  t.same(JSON.parse(decodeEntities(json)), HOSTILE)
  t.not(decodeEntities(JSON.stringify(HOSTILE)), JSON.stringify(HOSTILE), 'plain JSON would be altered')
})

t.test('a wallet that counts braces, whatever they stand in, finds the end', async (t) => {
  const json = walletJson(HOSTILE)
  t.equal(countBraces(`${json} and more`), json)
  const plain = JSON.stringify(HOSTILE)
  t.not(countBraces(`${plain} and more`), plain, 'plain JSON would be cut')
})

function survives(text: string): boolean {
  const value = { [text]: [text] }
  const json = walletJson(value)
  const back = JSON.parse(json)
  return back[text][0] === text && !/[&<>]/.test(json) && countBraces(json) === json
}

/** As wallets do it: also the old entities that end without a semicolon. */
function decodeEntities(text: string): string {
  const named: Record<string, string> = { quot: '"', amp: '&', lt: '<', gt: '>', copy: '©', nbsp: '\u00a0' }
  return text
    .replace(/&(quot|amp|lt|gt|copy|nbsp);?/g, (_, name: string) => named[name]!)
    .replace(/&#(x?)([0-9a-f]+);?/gi, (_, hex: string, code: string) =>
      String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)),
    )
}

function countBraces(text: string): string {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++
    if (text[i] === '}' && --depth === 0) return text.slice(0, i + 1)
  }
  return text
}
