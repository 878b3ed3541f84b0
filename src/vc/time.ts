/** RFC 3339 in UTC with whole seconds: the one form our documents use, so that a JWT's `nbf` can equal it. */
export function toSecond(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}

/** Seconds since 1970 (RFC 7519, NumericDate). */
export function toEpoch(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
