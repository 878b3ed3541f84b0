/** What became of the tests of one file; a test inside another is named with it: `outer › inner`. */
export interface FileResults {
  readonly passed: string[]
  readonly failed: string[]
  /** Why each was skipped. */
  readonly skipped: Record<string, string>
}

/** By file, as tap names it: `test/verification/status.test.ts`. */
export type Results = Record<string, FileResults>

/**
 * Reads what tap prints, line by line.
 * @returns `read` takes one line; `results` is what was read so far. Assertions are no tests: only what tap timed or
 * skipped is.
 */
export function readResults(): { read(line: string): void; readonly results: Results } {
  const results: Results = {}
  /** The tests that are open, outermost first: the file, then the tests in it. */
  let open: string[] = []
  return {
    results,
    read(line) {
      const [, indent = '', begun] = /^( *)# Subtest: (.+)$/.exec(line) ?? []
      if (begun !== undefined) {
        open = [...open.slice(0, indent.length / 4), unescaped(begun)]
        return
      }
      const [, depth = '', notOk, title, skip, why] =
        /^( *)(not )?ok \d+ - (.+?) # (?:time=[\d.]+m?s|(SKIP)\b ?(.*))$/.exec(line) ?? []
      if (title === undefined) return
      const [file, ...names] = [...open.slice(0, depth.length / 4), unescaped(title)]
      results[file!] ??= { passed: [], failed: [], skipped: {} }
      if (names.length === 0) return
      const { passed, failed, skipped } = results[file!]!
      const name = names.join(' › ')
      if (skip) skipped[name] = unescaped(why!)
      else (notOk ? failed : passed).push(name)
    },
  }
}

/** TAP 14 escapes what would begin a directive. */
function unescaped(title: string): string {
  return title.replace(/\\([\\#])/g, '$1')
}
