import type { Context } from '../context.ts'
import { didWebUrl } from '../vc/did.ts'
import { type Finding, skipped } from './check.ts'

/** Why the keys of an issuer could not be had: the operator lets nothing be fetched, or they are not to be found. */
export function unresolved({ config, foreign }: Context, controller = ''): Finding {
  const url = controller.startsWith('did:') ? didWebUrl(controller) : controller
  const isElsewhere =
    url?.startsWith('https:') && URL.canParse(url) && new URL(url).host !== new URL(config.publicUrl).host
  return skipped(!foreign && isElsewhere ? 'proof-issuer-not-looked-up' : 'proof-issuer-not-resolved')
}
