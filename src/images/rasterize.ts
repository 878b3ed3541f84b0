import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg, renderAsync } from '@resvg/resvg-js'
import { Invalid } from '../errors.ts'

const SIDE = 600

// Text looks the same on every machine: the fonts come with the project, not from the system.
const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
const font = {
  loadSystemFonts: false,
  fontFiles: [join(fonts, 'DejaVuSans.ttf'), join(fonts, 'DejaVuSans-Bold.ttf')],
  defaultFontFamily: 'DejaVu Sans',
}

/**
 * Draws an SVG as a PNG whose longer side has 600 pixels.
 * @throws Invalid when it cannot be drawn
 */
export async function rasterize(svg: string): Promise<Buffer> {
  try {
    const { width, height } = new Resvg(svg, { font })
    const fitTo = { mode: width >= height ? 'width' : 'height', value: SIDE } as const
    const image = await renderAsync(svg, { font, fitTo, logLevel: 'off' })
    return image.asPng()
  } catch (error) {
    const why = String((error as Error).message ?? error)
      .split('\n')[0]!
      .slice(0, 120)
    throw new Invalid({ path: '', code: 'svg-broken', params: { why } })
  }
}
