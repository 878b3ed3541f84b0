/** What the demonstration holds to be true; the demonstration ends where it is not. */
export type Hold = (what: string, holds: boolean, why?: string) => void

export const hold: Hold = (what, holds, why = '') => {
  if (!holds) throw new Error(`« ${what} » n’est pas vrai. ${why}`)
}
