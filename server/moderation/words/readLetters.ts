// Reads a text as the letters that matter for matching, each knowing where in the text it stands and what separates it from the one before.
import { NARROW, WIDE } from './CharacterFolder.ts'
import type { CharacterFolder } from './CharacterFolder.ts'

/**
 * What lies before a letter. `none`: it goes on; `edge`: a word may begin or end here, and may also go on (another script, punctuation,
 * letters spelled one by one); `wide`: white space, which only phrases and scripts without it go across.
 */
export type Gap = 'none' | 'edge' | 'wide'
export type Letter = { readonly char: string; readonly gap: Gap; /** UTF-16 offsets in the text. */ readonly start: number; readonly end: number }

/** Scripts whose words are not set apart by spaces. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
export const isUnspaced = (char: string): boolean => char >= '\u0E00' && unspaced.test(char)

/** Digits are never repeated for emphasis: 1000 is not 10. */
export const isDigit = (char: string): boolean => (char < '\u0080' ? char >= '0' && char <= '9' : /\p{N}/u.test(char))

type Kind = 'letter' | 'digit' | 'unspaced'
const kindOf = (char: string): Kind => (isDigit(char) ? 'digit' : isUnspaced(char) ? 'unspaced' : 'letter')

/** @param leet digits and signs read as letters where they stand among letters; without it they are what they are */
export function readLetters(text: string, folder: CharacterFolder, leet?: ReadonlyMap<string, string>): Letter[] {
  const among = leet ? amongLetters(text, folder, leet) : undefined
  const letters: Array<{ char: string; gap: Gap; start: number; end: number; kind: Kind }> = []
  let gap: Gap = 'wide'
  let at = 0
  for (const char of text) {
    const start = at
    at += char.length
    const folded = (among?.(start) ? leet?.get(folder.fold(char)) ?? leet?.get(char) : undefined) ?? folder.fold(char)
    if (folded === '') continue
    if (folded === WIDE || folded === NARROW) {
      if (folded === WIDE || gap === 'none') gap = folded === WIDE ? 'wide' : 'edge'
      continue
    }
    for (const part of folded) {
      const kind = kindOf(part)
      const before = letters.at(-1)
      const joined = gap === 'none' && before !== undefined && (kind !== before.kind || kind === 'unspaced')
      const across = gap === 'wide' && before !== undefined && (kind === 'unspaced' || before.kind === 'unspaced')
      letters.push({ char: part, gap: joined || across ? 'edge' : gap, start, end: at, kind })
      gap = 'none'
    }
  }
  return joinSpelled(letters)
}

/** "b a d": letters that stand alone, three or more in a row, read as a word. */
function joinSpelled(letters: ReadonlyArray<Letter & { kind: Kind }>): Letter[] {
  const alone = letters.map(({ gap, kind }, at) => kind === 'letter' && gap !== 'none' && (letters[at + 1]?.gap ?? 'wide') !== 'none')
  return letters.map(({ char, gap, start, end }, at) => {
    const spelled = gap === 'wide' && alone[at] && alone[at - 1] && (alone[at - 2] || alone[at + 1])
    return { char, gap: spelled ? 'edge' : gap, start, end }
  })
}

/** Says of each offset whether it lies in a run of letters and leet signs that has a letter. */
function amongLetters(text: string, folder: CharacterFolder, leet: ReadonlyMap<string, string>): (offset: number) => boolean {
  const marked = new Set<number>()
  let run: number[] = []
  let hasLetter = false
  const close = () => {
    if (hasLetter) for (const offset of run) marked.add(offset)
    run = []
    hasLetter = false
  }
  let at = 0
  for (const char of text) {
    const folded = folder.fold(char)
    const sign = leet.has(folded) || leet.has(char)
    if (sign) run.push(at)
    else if (folded === WIDE || folded === NARROW) close()
    else if (folded !== '') hasLetter ||= kindOf([...folded][0] ?? '') === 'letter'
    at += char.length
  }
  close()
  return (offset) => marked.has(offset)
}
