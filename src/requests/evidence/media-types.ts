import type { EVIDENCE_TYPES } from '../../badge-classes/evidence-types.ts'

export type MediaType = (typeof EVIDENCE_TYPES)[number]

/** What the names of such files end with. */
export const EXTENSIONS: Readonly<Record<MediaType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'text/plain': 'txt',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'video/mp4': 'mp4',
}

export function isMediaType(type: string): type is MediaType {
  return Object.hasOwn(EXTENSIONS, type)
}
