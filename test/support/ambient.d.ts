// The Digital Bazaar packages ship no types; these are the parts that only the tests use.

declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function decodeList(options: {
    encodedList: string
  }): Promise<{ length: number; getStatus(index: number): boolean }>
}

declare module '@digitalbazaar/vc' {
  export function signPresentation(options: {
    presentation: object
    suite: object
    challenge: string
    domain?: string
    documentLoader: unknown
  }): Promise<Record<string, unknown>>
}

declare module 's3rver' {
  export default class S3rver {
    constructor(options: {
      address: string
      port: number
      silent: boolean
      directory: string
      configureBuckets: { name: string }[]
    })
    run(): Promise<{ port: number }>
    close(): Promise<void>
  }
}
