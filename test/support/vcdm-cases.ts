import { STATUS_ENTRY_CASES } from './status-entry-cases.ts'
import { CLAIM_CASES } from './vcdm-claim-cases.ts'
import type { ModelCase } from './vcdm-documents.ts'
import { FORM_CASES } from './vcdm-form-cases.ts'
import { OBJECT_CASES } from './vcdm-object-cases.ts'
import { PRESENTATION_CASES } from './vcdm-presentation-cases.ts'
import { MODEL_1_CASES } from './vcdm1-cases.ts'

/** Every requirement of the data model that is about documents, with documents that meet and break it. */
export const MODEL_CASES: readonly ModelCase[] = [
  ...FORM_CASES,
  ...CLAIM_CASES,
  ...OBJECT_CASES,
  ...STATUS_ENTRY_CASES,
  ...PRESENTATION_CASES,
  ...MODEL_1_CASES,
]
