import type { Standard } from './requirement.ts'
import { BITSTRING_STATUS_LIST } from './requirements/bitstring-status-list.ts'
import { DATA_INTEGRITY } from './requirements/data-integrity.ts'
import { DATA_MODEL_2 } from './requirements/data-model.ts'
import { DATA_MODEL_1 } from './requirements/data-model-1.ts'
import { EDDSA_CRYPTOSUITES } from './requirements/eddsa-cryptosuites.ts'
import { OPEN_BADGES } from './requirements/open-badges.ts'
import { OPENID4VCI, OPENID4VCI_DRAFT_13 } from './requirements/openid4vci.ts'
import { DID_KEY, DID_WEB, JOSE } from './requirements/tokens-and-dids.ts'
import { VC_API } from './requirements/vc-api.ts'

/** Every standard that binds the service, in the order of the report. */
export const STANDARDS: readonly Standard[] = [
  OPEN_BADGES,
  DATA_MODEL_2,
  DATA_MODEL_1,
  DATA_INTEGRITY,
  EDDSA_CRYPTOSUITES,
  BITSTRING_STATUS_LIST,
  JOSE,
  DID_WEB,
  DID_KEY,
  OPENID4VCI,
  OPENID4VCI_DRAFT_13,
  VC_API,
]
