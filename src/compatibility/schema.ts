import { type Static, Type } from 'typebox'
import { Closed, Uuid } from '../fields.ts'
import { SEVERITIES } from './reasons.ts'
import { SAMPLE_FORMATS } from './samples.ts'
import { KEPT_FORMATS, PROTOCOLS } from './wallets.ts'

const Sample = Closed({
  format: Type.Enum([...SAMPLE_FORMATS]),
  bytes: Type.Integer({ minimum: 0 }),
  verified: Type.Boolean({ description: 'An independent check accepts it' }),
  faults: Type.Optional(
    Type.Array(Type.String(), {
      description: 'What that check found, for whoever runs the service: in English, whatever the language',
    }),
  ),
})

const Reason = Closed({
  code: Type.String({ examples: ['image-none'] }),
  severity: Type.Enum([...SEVERITIES], {
    description: 'blocks: it cannot be kept; limits: something is lost; note: good to know',
  }),
  message: Type.String(),
})

const Wallet = Closed({
  family: Type.String({ examples: ['learncard'] }),
  name: Type.String(),
  fits: Type.Enum(['yes', 'partly', 'no']),
  protocols: Type.Array(Type.Enum([...PROTOCOLS]), { description: 'How the badge gets there' }),
  formats: Type.Array(Type.Enum([...KEPT_FORMATS]), {
    description: 'What it keeps of this badge, the best first; none where it does not fit',
  }),
  reasons: Type.Array(Reason, { description: 'The gravest first' }),
})

/** Which wallets a badge fits, and why not. */
export const Compatibility = Closed({
  badgeClassId: Uuid,
  version: Type.Integer({ minimum: 1 }),
  status: Type.Enum(['draft', 'published', 'archived']),
  samples: Type.Array(Sample, {
    description: 'A credential of this badge in every form, for a made-up person',
  }),
  general: Type.Array(Reason, {
    description: 'What concerns nearly every family, such as the address of the service: told once, here',
  }),
  wallets: Type.Array(Wallet),
})
export type Compatibility = Static<typeof Compatibility>
