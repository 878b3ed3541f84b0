/**
 * What each template is filled with; what is not known is absent or empty. `expires` is RFC 3339; a `link` opens a
 * door and is for its reader alone.
 */
export interface TemplateValues {
  'resume-link': { badge: string; link: string; expires: string }
  'request-received': { badge: string; link?: string }
  'referent-question': { badge: string; applicant: string; structure: string; link: string }
  'review-invitation': { badge: string; link: string; expires: string }
  'request-returned': { badge: string; reason: string; link?: string }
  'request-rejected': { badge: string; reason: string; contact?: string }
  'badge-awarded': {
    badge: string
    name?: string
    credentialUrl: string
    claimUrl: string
    expires: string
    imageUrl?: string
  }
  'claim-code': { badge: string; code: string; expires: string }
  'claim-link': { badge: string; claimUrl: string; expires: string; imageUrl?: string }
}

export type TemplateName = keyof TemplateValues

export const TEMPLATE_NAMES = [
  'resume-link',
  'request-received',
  'referent-question',
  'review-invitation',
  'request-returned',
  'request-rejected',
  'badge-awarded',
  'claim-code',
  'claim-link',
] as const satisfies TemplateName[]

/** One part of a letter: a paragraph if nothing else. */
export type Part =
  | string
  | { readonly heading: string }
  /** What somebody wrote. */
  | { readonly quote: string }
  /** Something to type elsewhere. */
  | { readonly code: string }
  /** The one thing to do. */
  | { readonly button: string; readonly url: string }
  /** Something else that one can do. */
  | { readonly link: string; readonly url: string }
  | { readonly image: string; readonly alt: string }

/** A letter before it is drawn as plain text or HTML: from top to bottom. */
export interface Letter {
  readonly subject: string
  readonly title: string
  readonly parts: readonly Part[]
}

/** How a language writes its letters, and what stands below each. */
export interface Letters {
  readonly templates: {
    readonly [T in TemplateName]: (values: TemplateValues[T], sender: string) => Letter
  }
  /** For whom the button does not work. */
  readonly copyLink: string
  readonly footer: (sender: string) => string
}
