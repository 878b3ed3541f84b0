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
  'badge-awarded': { badge: string; name?: string; credentialUrl: string; imageUrl?: string }
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
] as const satisfies TemplateName[]

/** One part of a letter: a paragraph, what somebody wrote, the one thing to do, or a picture. */
export type Part =
  | string
  | { readonly quote: string }
  | { readonly button: string; readonly url: string }
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
