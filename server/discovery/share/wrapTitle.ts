// Breaks a title into the lines of a picture: between words in Latin scripts, between any two characters in Chinese, with an ellipsis where it ends early.

/** Width of a character in ems, near enough for the fonts of posters. */
export function widthOf(text: string): number {
  let width = 0
  for (const letter of text) width += /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef\p{Extended_Pictographic}…]/u.test(letter) ? 1 : /[mwMW@%]/.test(letter) ? 0.88 : /[A-Z]/.test(letter) ? 0.68 : /[iljtfr .,:;'|!]/.test(letter) ? 0.34 : /\p{M}/u.test(letter) ? 0 : 0.57
  return width
}

/** Pieces a line may end between: a word with the blank after it, or one character of a script without blanks. No line begins with closing punctuation. */
const piecesOf = (text: string): string[] =>
  text.match(/(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef](?:[，。、！？：；）》」』”’…])*\s?)|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]+\s?/gu) ?? []

/** @param width of a line in ems. @returns at most `lines` lines; the last ends in `…` when something is left out */
export function wrapTitle(title: string, { width, lines }: { width: number; lines: number }): string[] {
  const wrapped: string[] = []
  let line = ''
  const pieces = piecesOf(title.replace(/\s+/g, ' ').trim()).flatMap((piece) => cutLong(piece, width))
  for (const piece of pieces) {
    if (line !== '' && widthOf((line + piece).trimEnd()) > width) {
      wrapped.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line.trim() !== '') wrapped.push(line.trimEnd())
  if (wrapped.length <= lines) return wrapped
  const last = [...(wrapped[lines - 1] ?? '')]
  while (last.length > 0 && widthOf(`${last.join('')}…`) > width) last.pop()
  return [...wrapped.slice(0, lines - 1), `${last.join('').trimEnd()}…`]
}

/** A word longer than a line is cut. */
function cutLong(piece: string, width: number): string[] {
  if (widthOf(piece.trimEnd()) <= width) return [piece]
  const parts: string[] = []
  let part = ''
  for (const letter of piece) {
    if (widthOf(part + letter) > width) {
      parts.push(part)
      part = ''
    }
    part += letter
  }
  return [...parts, part]
}
