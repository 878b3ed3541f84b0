import type { EvidenceFile } from '../schema.ts'
import type { EvidenceRow } from './queries.ts'

/** A file as its person and its reviewers see it, without its bytes. */
export function presentEvidence(row: EvidenceRow): EvidenceFile {
  return {
    id: row.id,
    name: row.name,
    size: row.size,
    state: row.state,
    ...(row.state === 'partial' ? { received: row.received } : {}),
    ...(row.mediaType === null ? {} : { mediaType: row.mediaType }),
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    shared: row.shared,
    createdAt: row.createdAt.toISOString(),
  }
}
