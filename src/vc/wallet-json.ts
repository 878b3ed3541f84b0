const UNSAFE = /[{}&<>\ufffe\uffff]/

/**
 * JSON with no `{ } & < >`, nor what XML cannot hold, inside its strings: the same value, in bytes that survive a wallet which counts
 * braces, one that decodes HTML entities before it parses, and a CDATA section. Proofs are over the data, not
 * over these bytes.
 */
export function walletJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (typeof value === 'string' && !UNSAFE.test(json)) return json
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (string) =>
    string.replace(
      new RegExp(UNSAFE, 'g'),
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
}
