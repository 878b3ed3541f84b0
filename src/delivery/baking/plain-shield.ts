/**
 * A shield of two tinctures for a badge class that has no image yet, so that a baked file is always a picture.
 * The same badge class always gets the same shield.
 */
export function plainShield(badgeClassId: string): string {
  const hue = Number.parseInt(badgeClassId.slice(0, 4), 16) % 360
  const outline =
    'M256 32 C320 64 392 72 448 64 V256 C448 368 368 440 256 488 C144 440 64 368 64 256 V64 C120 72 192 64 256 32 Z'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">
<defs><clipPath id="field"><path d="${outline}"/></clipPath></defs>
<g clip-path="url(#field)"><path d="M0 0H512V512H0Z" fill="hsl(${hue}, 45%, 38%)"/><path d="M0 384 L512 128 V256 L0 512 Z" fill="hsl(${hue}, 55%, 62%)"/></g>
<path d="${outline}" fill="none" stroke="#2b2a33" stroke-width="14" stroke-linejoin="round"/>
</svg>`
}
