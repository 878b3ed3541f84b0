/**
 * One line without control characters, whatever it was made of: in a header of a mail a line break would begin
 * another header (RFC 5322, section 2.2). Direction marks go too: they make a text read as another one.
 * @param max characters
 */
export function oneLine(text: string, max: number): string {
  const plain = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, (run) => (/^\u00a0$/.test(run) ? run : ' '))
    .trim()
  const characters = [...plain.toWellFormed()]
  return characters.length <= max ? plain.toWellFormed() : `${characters.slice(0, max - 1).join('')}…`
}
