declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function checkStatus(options: {
    credential: object
    documentLoader: unknown
    suite: object
  }): Promise<{ verified: boolean; results?: { status?: boolean }[]; error?: Error }>
}
