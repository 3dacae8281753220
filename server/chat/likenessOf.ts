// What is left of a text when case, width, blanks, signs and drawn-out letters are taken away: two that are left alike are the same message.

/** Never empty: a text of signs or emoji alone keeps them. */
export function likenessOf(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
  const words = folded.replace(/[^\p{L}\p{N}]+/gu, '')
  return (words || folded).replace(/(.)\1{2,}/gu, '$1$1')
}
