import type { LiveClaim } from './live-claim.ts'

/** Wallets that proved their DID count once each; of the others nobody knows whether they are the same. */
export function timesCollected({ collections }: Pick<LiveClaim, 'collections'>): number {
  const subjects = collections.map(({ subject }) => subject)
  return new Set(subjects.filter(Boolean)).size + subjects.filter((subject) => subject === '').length
}
