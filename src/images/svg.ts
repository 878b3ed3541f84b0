import { type Attr, DOMParser, type Document, type Element, type Node, XMLSerializer } from '@xmldom/xmldom'
import { type Fault, Invalid } from '../errors.ts'
import {
  ATTRIBUTES,
  EDITOR_NAMESPACES,
  ELEMENTS,
  isHarmlessCss,
  localReferences,
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
  const faults = new Set<string>()
  cleanElement(root, 1, faults)
  if (faults.size === 0 && countDrawn(root) > MAX_DRAWN) faults.add('too many references')
  if (faults.size > 0) throw new Invalid(...[...faults].slice(0, 20).map(forbidden))
  return new XMLSerializer().serializeToString(root)
}

/** Parses what claims to be SVG. @throws Invalid */
export function parseSvg(bytes: Uint8Array): Document {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Invalid({ path: '', code: 'not-utf8' })
  }
  // Entities are refused before a parser meets them.
  if (/<!ENTITY|<!DOCTYPE[^<>[]*\[/i.test(text)) throw new Invalid(forbidden('<!ENTITY>'))
  // The parser copies all that are in scope for each new one.
  if (text.split('xmlns').length > MAX_NAMESPACES) throw new Invalid(forbidden('too many namespaces'))
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

function forbidden(what: string): Fault {
  return { path: '', code: 'svg-forbidden', params: { what } }
}

function cleanElement(element: Element, depth: number, faults: Set<string>): void {
  if (depth > MAX_DEPTH) {
    faults.add(`more than ${MAX_DEPTH} levels`)
    return
  }
  if (element.attributes.length > MAX_ATTRIBUTES) {
    faults.add(`more than ${MAX_ATTRIBUTES} attributes`)
    return
  }
  for (const attribute of [...element.attributes]) cleanAttribute(element, attribute, faults)
  for (const child of [...element.childNodes]) cleanNode(element, child, depth, faults)
  if (element.localName !== 'style') return
  // A browser reads the text around an element as one: `ur<title/>l(…)` would be url(…).
  if (children(element).length > 0) faults.add('<style> with elements inside')
  if (!isHarmlessCss(element.textContent ?? '')) faults.add('<style> with a reference')
}

function cleanNode(parent: Element, node: Node, depth: number, faults: Set<string>): void {
  if (node.nodeType === TEXT_NODE || node.nodeType === CDATA_NODE) return
  if (node.nodeType !== ELEMENT_NODE) {
    parent.removeChild(node)
    return
  }
  const child = node as Element
  const isNote = EDITOR_NAMESPACES.has(child.namespaceURI ?? '') || child.localName === 'metadata'
  if (isNote) parent.removeChild(child)
  else if (child.namespaceURI !== SVG || !ELEMENTS.has(child.localName ?? ''))
    faults.add(`<${child.nodeName}>`)
  else cleanElement(child, depth + 1, faults)
}

function cleanAttribute(element: Element, attribute: Attr, faults: Set<string>): void {
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
    if (!/^#[\w.:-]+$/.test(value)) faults.add(`a reference to ${value.slice(0, 60)}`)
  } else if (namespaceURI || !ATTRIBUTES.has(localName ?? '')) {
    // xlink:title and the like say nothing to a reader of the image.
    if (namespaceURI === XLINK && !/^on/i.test(localName ?? '')) element.removeAttributeNode(attribute)
    else faults.add(`the attribute ${attribute.name}`)
  } else if (!isHarmlessCss(value)) faults.add(`the attribute ${attribute.name} with a reference`)
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
