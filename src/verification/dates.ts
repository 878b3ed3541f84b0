import { parseDateTime } from '../fields.ts'
import { type CheckStep, failed, passed } from './check.ts'

/** OB 3.0, section 9.1: validFrom is not in the future, validUntil not in the past (VCDM 1.1 names are read too). */
export const checkDates: CheckStep = (ctx, { credential }) => {
  const { validFrom = credential.issuanceDate, validUntil = credential.expirationDate } = credential
  const read = (value: unknown) => (typeof value === 'string' ? parseDateTime(value) : undefined)
  const now = ctx.clock()
  const [from, until] = [read(validFrom), read(validUntil)]
  if (!from) return failed('dates-missing')
  if (from > now) return failed('dates-not-yet', { date: String(validFrom) })
  if (until && until <= now) return failed('dates-expired', { date: String(validUntil) })
  return passed('dates-ok')
}
