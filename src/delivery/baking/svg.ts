import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom'

const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0'
const OLDER_NAMESPACE = /xmlns(:[\w.-]+)?\s*=\s*["']http:\/\/openbadges\.org\/?["']/
const XMLNS = 'http://www.w3.org/2000/xmlns/'

/**
 * Writes a credential into an SVG: `openbadges:credential` as the first child, in place of any that is there.
 * Source: OB 3.0, section 5.3.2 (Baking an SVG): JSON in a CDATA section, without `verify`.
 * @param json from walletJson, so that it holds no `]]>`
 */
export function bakeSvg(svg: string, json: string): string {
  const document = new DOMParser().parseFromString(svg, 'image/svg+xml')
  const root = document.documentElement!
  for (const old of credentialsOf(root)) root.removeChild(old)
  root.setAttributeNS(XMLNS, 'xmlns:openbadges', NAMESPACE)
  const element = document.createElementNS(NAMESPACE, 'openbadges:credential')
  element.appendChild(document.createCDATASection(json))
  root.insertBefore(element, root.firstChild)
  return new XMLSerializer().serializeToString(root)
}

/** The credential inside an SVG (JSON or a compact JWS), or undefined. @throws when it is not well-formed */
export function unbakeSvg(svg: string): string | undefined {
  const onError = (_level: string, message: string) => {
    throw new Error(message)
  }
  const root = new DOMParser({ onError, locator: false }).parseFromString(
    svg,
    'image/svg+xml',
  ).documentElement
  const [text, ...others] = (root ? credentialsOf(root) : []).map(textOf)
  // OB 3.0, section 5.3.2.1: there is one. Of two that differ, a reader of either is right.
  if (others.some((other) => other !== text)) throw new Error('it holds two credentials')
  return text
}

function textOf(element: Element): string {
  const jws = element.getAttribute('verify')
  return jws && jws !== 'jws' ? jws : (element.textContent ?? '').trim()
}

/**
 * Does an SVG hold a badge of the older kind: an `assertion` element, with the namespace of Open Badges 1 and 2 declared
 * (Baking specification, section 2.2)? Read from the text, because a parse of a large one is dear.
 */
export function isSvgOfOpenBadges2(svg: string): boolean {
  return OLDER_NAMESPACE.test(svg) && /<([\w.-]+:)?assertion[\s/>]/.test(svg)
}

/** An SVG that shows a PNG, for a badge that has only that. */
export function svgAround(png: Buffer): string {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const href = `data:image/png;base64,${png.toString('base64')}`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`
}

function credentialsOf(root: Element): Element[] {
  return [...root.getElementsByTagNameNS(NAMESPACE, 'credential')] as Element[]
}
