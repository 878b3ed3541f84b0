// What an SVG may hold here. A list of what is allowed, not of what is known to be bad.

export const SVG = 'http://www.w3.org/2000/svg'
export const XLINK = 'http://www.w3.org/1999/xlink'
export const XML = 'http://www.w3.org/XML/1998/namespace'
export const XMLNS = 'http://www.w3.org/2000/xmlns/'

const words = (text: string) => new Set(text.trim().split(/\s+/))

export const ELEMENTS = words(`
  svg g defs symbol use title desc switch a path rect circle ellipse line polyline polygon
  text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker style
  filter feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB feFuncG
  feFuncR feGaussianBlur feMerge feMergeNode feOffset
`)

export const ATTRIBUTES = words(`
  id class style lang x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height d points pathLength rotate
  viewBox preserveAspectRatio version baseProfile role aria-label aria-labelledby aria-hidden focusable
  transform gradientTransform patternTransform gradientUnits patternUnits patternContentUnits
  clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient
  spreadMethod offset stop-color stop-opacity fill fill-opacity fill-rule stroke stroke-width stroke-opacity
  stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset color opacity display
  visibility overflow clip clip-path clip-rule mask mask-type filter marker marker-start marker-mid marker-end
  paint-order shape-rendering text-rendering image-rendering color-interpolation color-rendering
  color-interpolation-filters vector-effect mix-blend-mode isolation enable-background transform-origin
  font-family font-size font-style font-weight font-variant font-stretch font-size-adjust font letter-spacing
  word-spacing text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift direction
  unicode-bidi writing-mode kerning textLength lengthAdjust startOffset method spacing
  in in2 result mode type values stdDeviation edgeMode operator k1 k2 k3 k4 flood-color flood-opacity
  filterUnits primitiveUnits tableValues slope intercept amplitude exponent
`)

/** Names and texts for people: no program reads a reference in them. */
export const PLAIN_ATTRIBUTES = words('id class lang role aria-label aria-labelledby aria-hidden')

/** Namespaces of drawing programs: what they note for themselves is left out without a word. */
export const EDITOR_NAMESPACES = new Set([
  'http://www.inkscape.org/namespaces/inkscape',
  'http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  'http://creativecommons.org/ns#',
  'http://web.resource.org/cc/',
  'http://purl.org/dc/elements/1.1/',
  'http://www.bohemiancoding.com/sketch/ns',
  'http://www.serif.com/',
  'http://www.figma.com/figma/ns',
  'http://vectornator.io',
  'http://ns.adobe.com/AdobeIllustrator/10.0/',
  'http://ns.adobe.com/SaveForWeb/1.0/',
])

/** Every `url(…)` must point inside the same image; `@import`, escapes and old script hooks have no place. */
export function isHarmlessCss(css: string): boolean {
  if (
    /@|\\|expression|behaviou?r|-moz-binding|javascript:|image-set|(image|cross-fade)\s*\(|src\s*[:(]|\/\*/i.test(
      css,
    )
  )
    return false
  return css.toLowerCase().split('url').length - 1 === localReferences(css).length
}

/** The ids that a value names by `url(#id)`. */
export function localReferences(value: string): string[] {
  return [...value.matchAll(/url\(\s*(["']?)#([\w.:-]+)\1\s*\)/gi)].map((match) => match[2]!)
}
