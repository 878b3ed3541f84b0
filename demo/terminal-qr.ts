import { qrModules } from '../src/images/qr.ts'

/** Squares of white around it (ISO/IEC 18004, section 5.3.8). */
const QUIET = 4
/** Upper and lower square of one character cell: a set bit is a white square. */
const CELLS = [' ', '▄', '▀', '█']

/**
 * A QR code for a terminal, two squares in each character. White is drawn and black is left out, in colours of its
 * own, so that it can be scanned from a light terminal as from a dark one.
 */
export function terminalQr(text: string, isTerminal: boolean): string[] {
  const { size, runs } = qrModules(text)
  const side = size + 2 * QUIET
  const white = Array.from({ length: side + (side % 2) }, () => new Array<boolean>(side).fill(true))
  for (const { x, y, length } of runs) white[y + QUIET]!.fill(false, x + QUIET, x + QUIET + length)
  const lines: string[] = []
  for (let y = 0; y < white.length; y += 2) {
    const cells = white[y]!.map((upper, x) => CELLS[(upper ? 2 : 0) + (white[y + 1]![x] ? 1 : 0)])
    lines.push(isTerminal ? `\x1b[97;40m${cells.join('')}\x1b[0m` : cells.join(''))
  }
  return lines
}
