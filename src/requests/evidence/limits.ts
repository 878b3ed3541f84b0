/** Of all files of a request together. */
export const MAX_TOTAL_BYTES = 50 * 1024 * 1024

/** In which one file can come. */
export const MAX_UPLOAD_PARTS = 1000

/** Of the temporary files: see storage/temporary-files.ts. */
export const EVIDENCE_KIND = 'evidence'
