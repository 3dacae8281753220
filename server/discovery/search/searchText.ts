// Text as search sees it: folded, cut into words, and for databases without an ngram parser into coded pairs of letters.

const LONGEST_TEXT = 600
/** More than this narrows nothing further. */
const GRAMS_ASKED = 24

/** The words of a text in any script: full-width letters folded, lower case, runs of letters and digits. Chinese is not cut: a run is one word. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

/** What is stored and compared: the words with a blank between. */
export function foldText(...parts: readonly string[]): string {
  return wordsOf(parts.join(' ')).join(' ').slice(0, LONGEST_TEXT).trim()
}

const code = (letters: string) => [...letters].map((letter) => letter.codePointAt(0)?.toString(16)).join('x')

/** The words' pairs of letters, and each letter that may be asked for alone (a word's first, and every letter of scripts without blanks), as words that any full-text parser keeps whole. */
export function gramsOf(folded: string): string[] {
  const grams = new Set<string>()
  for (const word of folded.split(' ').filter(Boolean)) {
    const letters = [...word]
    for (const [index, letter] of letters.entries()) {
      const next = letters[index + 1]
      if (next !== undefined) grams.add(`g${code(letter + next)}`)
      if (index === 0 || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letter)) grams.add(`s${code(letter)}`)
    }
  }
  return [...grams]
}

/** A full-text question in boolean mode for the coded pairs. */
export function askForGrams(words: readonly string[]): string {
  const grams = words.flatMap((word) => {
    const letters = [...word]
    return letters.length === 1 ? [`s${code(word)}`] : letters.slice(1).map((letter, index) => `g${code((letters[index] ?? '') + letter)}`)
  })
  return [...new Set(grams)].slice(0, GRAMS_ASKED).map((gram) => `+${gram}`).join(' ')
}

/** The same question for MySQL's ngram parser. */
export function askForWords(words: readonly string[]): string {
  return words.map((word) => ([...word].length === 1 ? `+${word}*` : `+"${word}"`)).join(' ')
}
