/** The moment so many days after another one; before it, where they are negative. */
export function daysAfter(time: Date, days: number): Date {
  return new Date(time.getTime() + days * 24 * 3600 * 1000)
}
