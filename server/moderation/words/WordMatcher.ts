// Finds the words of a lexicon in a text, however they are written, and says where: Aho-Corasick over the folded letters.
import AhoCorasick from 'modern-ahocorasick'
import type { WordEntry } from '../../contract/moderation.ts'
import type { CharacterFolder } from './CharacterFolder.ts'
import { collapseRuns, sameLength } from './collapseRuns.ts'
import type { Run } from './collapseRuns.ts'
import { compileWord } from './compileWord.ts'
import type { CompiledWord, Piece } from './compileWord.ts'
import { leetReadings } from './lookAlikes.ts'
import { isDigit, readLetters } from './readLetters.ts'
import type { Letter } from './readLetters.ts'

/** `places`: the UTF-16 ranges of the letters that make the word. */
export type WordHit = { readonly entry: WordEntry; readonly places: ReadonlyArray<readonly [start: number, end: number]> }
/** One way to read a text. */
export type Reading = { readonly letters: readonly Letter[]; readonly runs: readonly Run[]; readonly key: string; /** The run at each UTF-16 offset of `key`. */ readonly runAt: readonly number[] }

/** Letters that patterns may look at for one text, so that no list of them holds the server up; plain words are always looked for. */
const EFFORT = 20_000
/** Letters that a `*` may stand for. */
const GAP_LETTERS = 8

type Effort = { left: number }

/** Once a text, for all lexicons: as it stands, and with digits and signs read as letters. */
export function readText(text: string, folder: CharacterFolder): Reading[] {
  const plain = toReading(readLetters(text, folder))
  if (!/[\p{N}@$!|+€£]/u.test(text)) return [plain]
  const others = leetReadings.map((leet) => toReading(readLetters(text, folder, leet)))
  return [plain, ...others.filter(({ key }, at) => key !== plain.key && others.findIndex((other) => other.key === key) === at)]
}

function toReading(letters: readonly Letter[]): Reading {
  const runs = collapseRuns(letters)
  return { letters, runs, key: runs.map(({ char }) => char).join(''), runAt: runs.flatMap(({ char }, at) => Array.from({ length: char.length }, () => at)) }
}

export class WordMatcher {
  readonly #automaton: AhoCorasick | null
  readonly #byKey: ReadonlyArray<readonly CompiledWord[]>

  constructor(entries: readonly WordEntry[], folder: CharacterFolder) {
    const byKey = new Map<string, CompiledWord[]>()
    for (const entry of entries) {
      const word = compileWord(entry, folder)
      const key = word?.pieces[0]?.key
      if (word && key) byKey.set(key, [...(byKey.get(key) ?? []), word])
    }
    this.#byKey = [...byKey.values()]
    this.#automaton = byKey.size > 0 ? new AhoCorasick([...byKey.keys()]) : null
  }

  find(readings: readonly Reading[]): WordHit[] {
    const effort = { left: EFFORT }
    return readings.flatMap((reading) => this.#findIn(reading, effort))
  }

  #findIn(reading: Reading, effort: Effort): WordHit[] {
    if (!this.#automaton || reading.key === '') return []
    return this.#automaton.search(reading.key).flatMap(({ patternIndex, start }) => {
      const run = reading.runAt[start] ?? 0
      return (this.#byKey[patternIndex] ?? []).flatMap((word) => {
        if (word.pieces.length > 1 && effort.left <= 0) return []
        const places = match(word, reading, run, effort)
        return places ? [{ entry: word.entry, places }] : []
      })
    })
  }
}

/** The word from that run on, all of its pieces. */
function match(word: CompiledWord, { letters, runs }: Reading, run: number, pool: Effort): Array<[number, number]> | undefined {
  const [first, ...rest] = word.pieces
  const from = runs[run]
  if (!first || !from) return undefined
  const begins = (at: number) => word.openStart || letters[at]?.gap !== 'none'
  const ends = (at: number) => word.openEnd || (letters[at]?.gap ?? 'wide') !== 'none'
  const effort = rest.length > 0 ? pool : { left: Infinity }
  for (let start = from.from; start < from.to && effort.left > 0; start += 1) {
    if (!begins(start)) continue
    // One way to each end is enough, which keeps patterns of many stars cheap.
    let reached = new Set(pieceEnds(first, letters, start, effort))
    for (const piece of rest) reached = new Set([...new Set([...reached].flatMap((end) => [...afterGap(letters, end, effort)]))].flatMap((next) => [...pieceEnds(piece, letters, next, effort)]))
    const last = [...reached].find(ends)
    if (last !== undefined) return letters.slice(start, last).map((letter) => [letter.start, letter.end])
  }
  return undefined
}

/** Where a piece that begins at `start` may end (exclusive). */
function* pieceEnds({ runs, letters: meant }: Piece, letters: readonly Letter[], start: number, effort: Effort): Generator<number> {
  effort.left -= 1
  let at = start
  let everyDoubled = runs.length > 2
  let allSame = true
  for (const [index, { char, from, to }] of runs.entries()) {
    if (at > start && letters[at]?.gap === 'wide' && meant[from]?.gap !== 'wide') return
    const first = at
    const most = isDigit(char) ? to - from : Infinity
    while (effort.left > 0 && at - first < most && letters[at]?.char === char && (at === first || letters[at]?.gap !== 'wide')) {
      at += 1
      effort.left -= 1
      if (index === runs.length - 1) {
        const used = at - first
        if ((allSame && sameLength(char, used, to - from)) || (everyDoubled && used >= 2 * (to - from))) yield at
      }
    }
    const used = at - first
    if (used === 0) return
    everyDoubled &&= used >= 2 * (to - from)
    allSame &&= sameLength(char, used, to - from)
    if (!allSame && !everyDoubled) return
  }
}

/** Places that a `*` after `end` may lead to: within the same word. */
function* afterGap(letters: readonly Letter[], end: number, effort: Effort): Generator<number> {
  for (let at = end; at < letters.length && at - end <= GAP_LETTERS; at += 1) {
    effort.left -= 1
    if (letters[at]?.gap === 'wide') return
    yield at
  }
}
