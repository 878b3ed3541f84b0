import { EXTENSIONS, type MediaType } from './media-types.ts'

const MAX_LENGTH = 200

/** Control characters, and those that turn the direction of writing or cannot be seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/**
 * The name of a file as a person gave it, to be shown and never to be a path: without folders, and without
 * characters by which it would look like another one.
 * @returns '' when nothing is left
 */
export function cleanName(given: string): string {
  const last = given.split(/[/\\]/).at(-1)!
  const name = last.normalize('NFC').replace(UNSEEN, '').replace(/\s+/g, ' ').trim()
  if (/^\.*$/.test(name)) return ''
  const characters = [...name]
  if (characters.length <= MAX_LENGTH) return name
  // What a name ends with says what to open it with.
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ''
  return characters.slice(0, MAX_LENGTH - extension.length).join('') + extension
}

/** The name of a file that came without one. */
export function defaultName(mediaType: MediaType): string {
  return `evidence.${EXTENSIONS[mediaType]}`
}
