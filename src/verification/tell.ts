import { sayTypeset } from '../markup/say-typeset.ts'
import type { Language } from '../messages.ts'
import type { EndorsementVerdict } from './endorsements.ts'
import { RESERVATIONS } from './messages/overall.ts'
import { CHECK_MESSAGES, OVERALL } from './messages.ts'
import type { Check } from './steps.ts'
import type { Overall } from './verdict.ts'
import type { Verdict } from './verify.ts'

/** The answer of `POST /verify`, with its sentences in the reader's language. */
export function tellVerdict(verdict: Verdict, language: Language): object {
  const { valid, kind, overall, issuer, checks, endorsements, credential } = verdict
  return {
    valid,
    verdict: tellOverall(overall, kind, language),
    ...(issuer ? { issuer } : {}),
    checks: tellChecks(checks, language),
    ...(endorsements.length > 0
      ? { endorsements: endorsements.map((one) => tellEndorsement(one, language)) }
      : {}),
    ...(credential ? { credential } : {}),
  }
}

function tellEndorsement({ overall, checks, ...rest }: EndorsementVerdict, language: Language): object {
  return {
    ...rest,
    verdict: tellOverall(overall, 'endorsement', language),
    checks: tellChecks(checks, language),
  }
}

function tellOverall({ code, params, reservations }: Overall, kind: Verdict['kind'], language: Language) {
  const texts = [OVERALL[kind][code], ...reservations.map((one) => RESERVATIONS[one])]
  return { code, message: texts.map((text) => sayTypeset(text, language, params)).join(' ') }
}

function tellChecks(checks: readonly Check[], language: Language): object[] {
  return checks.map(({ check, outcome, code, params }) => ({
    check,
    outcome,
    code,
    message: sayTypeset(CHECK_MESSAGES[code], language, params),
  }))
}
