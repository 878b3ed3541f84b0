import type { ForeignDocuments } from '../../src/outgoing/foreign-documents.ts'
import { FetchRefused } from '../../src/outgoing/guarded-fetch.ts'

/** Documents of strangers that are served from here, and what was asked for. */
export interface ServedDocuments {
  readonly foreign: ForeignDocuments
  readonly asked: string[]
  /** JSON, or text as it is, at this address from now on. */
  serve(url: string, document: object | string, mediaType?: string): void
}

/** In the place of the Internet: what is not served does not answer. */
export function servedDocuments(): ServedDocuments {
  const served = new Map<string, { text: string; mediaType: string }>()
  const asked: string[] = []
  return {
    asked,
    serve: (url, document, mediaType = 'application/json') => {
      const text = typeof document === 'string' ? document : JSON.stringify(document)
      served.set(url, { text, mediaType })
    },
    foreign: {
      get: async (url) => {
        asked.push(url)
        const found = served.get(url.split('#')[0]!)
        if (!found) throw new FetchRefused('nothing is served there')
        return { ...found, bytes: Buffer.from(found.text), fetchedAt: new Date() }
      },
    },
  }
}
