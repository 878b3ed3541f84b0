import { achievementUrl, type BadgeClassAtVersion } from './queries.ts'

/**
 * Where a QR code of a badge class leads: the page of its form, or else its Achievement.
 * @param code a claim code to be taken there
 */
export function requestPage(
  { badgeClass, version }: BadgeClassAtVersion,
  publicUrl: string,
  code?: string,
): string {
  const page = version.content.requestForm?.formUrl ?? achievementUrl(publicUrl, badgeClass.id)
  if (code === undefined) return page
  const url = new URL(page)
  url.searchParams.set('code', code)
  return url.href
}
