import type { BadgeClassAtVersion } from '../../badge-classes/queries.ts'
import { rasterize } from '../../images/rasterize.ts'
import type { Storage } from '../../storage/storage.ts'
import { plainShield } from './plain-shield.ts'
import { bakePng } from './png.ts'
import { bakeSvg, svgAround } from './svg.ts'

/** The badge's image with the credential inside, as PNG. A badge without an image gets a plain shield. */
export async function bakedPng(storage: Storage, badge: BadgeClassAtVersion, json: string): Promise<Buffer> {
  const png = await imageFile(storage, badge.version.imagePng)
  return bakePng(png ?? (await rasterize(plainShield(badge.badgeClass.id))), json)
}

/** The same as SVG; around the PNG where the badge has only that. */
export async function bakedSvg(storage: Storage, badge: BadgeClassAtVersion, json: string): Promise<Buffer> {
  const { image } = badge.version
  const file = await imageFile(storage, image)
  if (!file) return Buffer.from(bakeSvg(plainShield(badge.badgeClass.id), json))
  return Buffer.from(bakeSvg(image!.endsWith('.svg') ? file.toString('utf8') : svgAround(file), json))
}

async function imageFile(storage: Storage, name: string | null): Promise<Buffer | undefined> {
  if (name === null) return undefined
  const file = await storage.get(`images/${name}`)
  if (!file) throw new Error(`The storage has lost images/${name}`)
  return file
}
