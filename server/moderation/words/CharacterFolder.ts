// Brings every way to write a character down to one: width, case, diacritics, script look-alikes, traditional to simplified.
import { Converter } from 'opencc-js/t2cn'
import { boxedAlphabets, lookAlikes } from './lookAlikes.ts'

/** Marks that decorate Latin, Greek and Cyrillic letters; those of other scripts are part of the word. */
const decoration = /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F]/gu
/** Takes no room of its own: zero-width and formatting characters, fillers. */
const invisible = /^[\p{Cf}\u115F\u1160\u3164\uFFA0\u034F\u180B-\u180F\u{E0100}-\u{E01EF}]$/u
const letter = /^[\p{L}\p{N}\p{M}]$/u
const MEMO = 20_000

/** What stands for a character that is no letter: a gap that separates words (white space), or one within them (punctuation, emoji). */
export const WIDE = ' '
export const NARROW = '.'

export class CharacterFolder {
  readonly #simplify = Converter({ from: 't', to: 'cn' })
  readonly #memo = new Map<string, string>()

  /** @param char one code point. @returns lower-case base letters and digits; empty for what is invisible; WIDE or NARROW for what separates */
  fold(char: string): string {
    const known = this.#memo.get(char)
    if (known !== undefined) return known
    const folded = this.#work(char)
    if (this.#memo.size >= MEMO) this.#memo.clear()
    this.#memo.set(char, folded)
    return folded
  }

  #work(char: string): string {
    if (/^\s$/u.test(char) || char === '\u2800') return WIDE
    if (invisible.test(char)) return ''
    const plain = unboxed(char).normalize('NFKC').normalize('NFD').replace(decoration, '').normalize('NFC').toLowerCase().replace(decoration, '')
    if (plain === '') return ''
    const letters = [...plain].filter((part) => letter.test(part)).map((part) => lookAlikes.get(part) ?? this.#simplify(part))
    return letters.length > 0 ? letters.join('') : /^\s+$/u.test(plain) ? WIDE : NARROW
  }
}

function unboxed(char: string): string {
  const point = char.codePointAt(0) ?? 0
  const first = boxedAlphabets.find((start) => point >= start && point < start + 26)
  return first === undefined ? char : String.fromCodePoint(0x41 + point - first)
}
