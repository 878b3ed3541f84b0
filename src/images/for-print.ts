import sharp from 'sharp'

/** A picture as it goes onto paper. */
export interface PrintedImage {
  /** On white. */
  readonly jpeg: Buffer
  /** A colour of the picture on which white letters can be read, as `#rrggbb`. */
  readonly accent: string
}

export const PLAIN_ACCENT = '#1f4e79'
const SIDE = 900

/** @param png that was accepted: see accept.ts */
export async function forPrint(png: Uint8Array): Promise<PrintedImage> {
  const jpeg = await sharp(png)
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer()
  const pixels = await sharp(png)
    .resize(48, 48, { fit: 'inside' })
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer()
  return { jpeg, accent: accentOf(pixels) }
}

type Rgb = readonly [red: number, green: number, blue: number]

/**
 * The hue that the picture has most of, darkened for white letters.
 * @param pixels red, green, blue, alpha
 */
function accentOf(pixels: Buffer): string {
  const hues = Array.from({ length: 18 }, () => ({ weight: 0, sum: [0, 0, 0] as [number, number, number] }))
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    const [red, green, blue, alpha] = pixels.subarray(at, at + 4) as unknown as [
      number,
      number,
      number,
      number,
    ]
    const most = Math.max(red, green, blue)
    const chroma = most - Math.min(red, green, blue)
    if (alpha < 128 || chroma < 48) continue
    const bin = hues[Math.floor(hueOf([red, green, blue]) * hues.length) % hues.length]!
    bin.weight += chroma
    for (const [i, value] of [red, green, blue].entries()) bin.sum[i]! += value * chroma
  }
  const { weight, sum } = hues.reduce((best, bin) => (bin.weight > best.weight ? bin : best))
  if (weight === 0) return PLAIN_ACCENT
  return darkened([sum[0] / weight, sum[1] / weight, sum[2] / weight])
}

/** From 0 (red) to 1. */
function hueOf([red, green, blue]: Rgb): number {
  const most = Math.max(red, green, blue)
  const chroma = most - Math.min(red, green, blue)
  if (most === red) return ((green - blue) / chroma / 6 + 1) % 1
  return most === green ? ((blue - red) / chroma + 2) / 6 : ((red - green) / chroma + 4) / 6
}

/** Contrast of 7 to 1 with white: WCAG 2.2, section 1.4.6. */
function darkened(colour: Rgb): string {
  let [red, green, blue] = colour
  while (1.05 / (luminanceOf([red, green, blue]) + 0.05) < 7)
    [red, green, blue] = [red * 0.95, green * 0.95, blue * 0.95]
  return `#${[red, green, blue].map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}

/** WCAG 2.2, “relative luminance”. */
function luminanceOf(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
