import { type Attr, DOMParser, type Document, type Element, type Node, XMLSerializer } from '@xmldom/xmldom'
import { Invalid } from '../errors.ts'
import type { FaultCode, Params } from '../messages.ts'
import {
  ATTRIBUTES,
  EDITOR_NAMESPACES,
  ELEMENTS,
  isHarmlessCss,
  localReferences,
  PLAIN_ATTRIBUTES,
  SVG,
  XLINK,
  XML,
  XMLNS,
} from './svg-rules.ts'

const ELEMENT_NODE = 1
const TEXT_NODE = 3
const CDATA_NODE = 4

/** Beyond this an image draws more than a badge needs: references multiply what is drawn. */
const MAX_DRAWN = 50_000
const MAX_DEPTH = 60
const MAX_ATTRIBUTES = 200
const MAX_NAMESPACES = 1000
/** Levels with references followed; it also keeps the count below the height of the stack. */
const MAX_FOLLOWED_DEPTH = 500

/**
 * Reads an SVG by a strict allow-list and writes it anew from the parsed tree.
 * What a drawing program notes for itself is left out; anything that could run, load or multiply is refused.
 * @returns the clean SVG
 * @throws Invalid with every reason
 */
export function cleanSvg(bytes: Uint8Array): string {
  const document = parseSvg(bytes)
  const root = document.documentElement!
  const refusals = new Refusals()
  cleanElement(root, 1, refusals)
  if (refusals.isEmpty && countDrawn(root) > MAX_DRAWN) refusals.add('svg-references')
  if (!refusals.isEmpty) throw refusals.asError()
  return new XMLSerializer().serializeToString(root)
}

/** Parses what claims to be SVG. @throws Invalid */
function parseSvg(bytes: Uint8Array): Document {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Invalid({ path: '', code: 'not-utf8' })
  }
  // Entities are refused before a parser meets them.
  if (/<!ENTITY|<!DOCTYPE[^<>[]*\[/i.test(text)) refuse('svg-element', { name: '<!ENTITY>' })
  // The parser copies all that are in scope for each new one.
  if (text.split('xmlns').length > MAX_NAMESPACES) refuse('svg-namespaces')
  try {
    const onError = (_level: string, message: string) => {
      throw new Error(message)
    }
    const document = new DOMParser({ onError, locator: false }).parseFromString(text, 'image/svg+xml')
    const root = document.documentElement
    if (root?.localName !== 'svg' || root.namespaceURI !== SVG) throw new Error('its root is not svg')
    return document
  } catch (error) {
    const why = String((error as Error).message)
      .split('\n')[0]!
      .slice(0, 120)
    throw new Invalid({ path: '', code: 'svg-broken', params: { why } })
  }
}

function refuse(code: FaultCode, params: Params = {}): never {
  throw new Invalid({ path: '', code, params })
}

/** Every reason once, and not more than a person would read. */
class Refusals {
  readonly #found = new Map<string, { path: string; code: FaultCode; params: Params }>()

  get isEmpty(): boolean {
    return this.#found.size === 0
  }

  add(code: FaultCode, params: Params = {}): void {
    if (this.#found.size < 20)
      this.#found.set(`${code} ${JSON.stringify(params)}`, { path: '', code, params })
  }

  asError(): Invalid {
    return new Invalid(...this.#found.values())
  }
}

function cleanElement(element: Element, depth: number, refusals: Refusals): void {
  if (depth > MAX_DEPTH) {
    refusals.add('svg-levels', { max: MAX_DEPTH })
    return
  }
  if (element.attributes.length > MAX_ATTRIBUTES) {
    refusals.add('svg-attributes', { max: MAX_ATTRIBUTES })
    return
  }
  for (const attribute of [...element.attributes]) cleanAttribute(element, attribute, refusals)
  for (const child of [...element.childNodes]) cleanNode(element, child, depth, refusals)
  if (element.localName !== 'style') return
  // A browser reads the text around an element as one: `ur<title/>l(…)` would be url(…).
  if (children(element).length > 0) refusals.add('svg-style-elements')
  if (!isHarmlessCss(element.textContent ?? '')) refusals.add('svg-style-reference')
}

function cleanNode(parent: Element, node: Node, depth: number, refusals: Refusals): void {
  if (node.nodeType === TEXT_NODE || node.nodeType === CDATA_NODE) return
  if (node.nodeType !== ELEMENT_NODE) {
    parent.removeChild(node)
    return
  }
  const child = node as Element
  const isNote = EDITOR_NAMESPACES.has(child.namespaceURI ?? '') || child.localName === 'metadata'
  if (isNote) parent.removeChild(child)
  else if (child.namespaceURI !== SVG || !ELEMENTS.has(child.localName ?? ''))
    refusals.add('svg-element', { name: `<${child.nodeName.slice(0, 60)}>` })
  else cleanElement(child, depth + 1, refusals)
}

function cleanAttribute(element: Element, attribute: Attr, refusals: Refusals): void {
  const { namespaceURI, localName, value } = attribute
  if (namespaceURI === XMLNS) {
    if (value !== SVG && value !== XLINK) element.removeAttributeNode(attribute)
  } else if (
    namespaceURI === XML ||
    EDITOR_NAMESPACES.has(namespaceURI ?? '') ||
    /^data-/.test(localName ?? '')
  ) {
    if (attribute.name !== 'xml:space') element.removeAttributeNode(attribute)
  } else if (localName === 'href' && (namespaceURI === XLINK || !namespaceURI)) {
    if (!/^#[\w.:-]+$/.test(value)) refusals.add('svg-link', { target: value.slice(0, 60) })
  } else if (namespaceURI || !ATTRIBUTES.has(localName ?? '')) {
    // xlink:title and the like say nothing to a reader of the image.
    if (namespaceURI === XLINK && !/^on/i.test(localName ?? '')) element.removeAttributeNode(attribute)
    else refusals.add('svg-attribute', { name: attribute.name.slice(0, 60) })
  } else if (!PLAIN_ATTRIBUTES.has(localName ?? '') && !isHarmlessCss(value)) {
    refusals.add('svg-attribute-reference', { name: attribute.name })
  }
}

/**
 * How many elements would be drawn, each reference counted as often as it is followed: a few nested `use`
 * can ask for more than all memory. A circle of references counts as too many.
 */
function countDrawn(root: Element): number {
  // Readers differ in which of two elements with one id they take: all of them count.
  const byId = Map.groupBy([root, ...root.getElementsByTagName('*')], (e) => e.getAttribute('id') ?? '')
  const known = new Map<Element, number>()
  const open = new Set<Element>()
  const count = (element: Element): number => {
    const found = known.get(element)
    if (found !== undefined) return found
    if (open.has(element) || open.size > MAX_FOLLOWED_DEPTH) return MAX_DRAWN + 1
    open.add(element)
    let sum = 1
    for (const next of [...children(element), ...referencesOf(element, byId)]) {
      sum = Math.min(sum + count(next), MAX_DRAWN + 1)
    }
    open.delete(element)
    known.set(element, sum)
    return sum
  }
  return count(root)
}

function children(element: Element): Element[] {
  return [...element.childNodes].filter((node) => node.nodeType === ELEMENT_NODE) as Element[]
}

function referencesOf(element: Element, byId: Map<string, Element[]>): Element[] {
  const ids = [...element.attributes].flatMap((attribute) =>
    attribute.localName === 'href' ? [attribute.value.slice(1)] : localReferences(attribute.value),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}
