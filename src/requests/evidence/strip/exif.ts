const ORIENTATION = 0x0112
const SHORT = 3

/**
 * How an image is to be turned (Exif 2.32, section 4.6.4, tag 274).
 * @param tiff Exif data from its TIFF header on
 * @returns 1 to 8; 1, upright, also where nothing readable is said
 */
export function orientationOf(tiff: Buffer): number {
  const isLittle = tiff.toString('latin1', 0, 4) === 'II*\0'
  if (tiff.length < 8 || !(isLittle || tiff.toString('latin1', 0, 4) === 'MM\0*')) return 1
  const short = (at: number) =>
    at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const end = Math.min(directory + 2 + 12 * short(directory), tiff.length)
  for (let entry = directory + 2; entry < end; entry += 12) {
    if (short(entry) !== ORIENTATION || short(entry + 2) !== SHORT) continue
    const value = short(entry + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** Exif data that says how an image is to be turned and nothing else, from its TIFF header on. */
export function exifOf(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('II*\0', 'latin1')
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(ORIENTATION, 10)
  tiff.writeUInt16LE(SHORT, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  return tiff
}
