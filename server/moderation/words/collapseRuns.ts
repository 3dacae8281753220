// Letters with repetitions taken together, so that "baaad" is looked up as "bad"; how often each stood there decides afterwards.
import { isDigit, isUnspaced } from './readLetters.ts'
import type { Letter } from './readLetters.ts'

/** `from` to `to` (exclusive): the letters of a run, as places in the list of letters. */
export type Run = { readonly char: string; readonly from: number; readonly to: number }

export function collapseRuns(letters: readonly Letter[]): Run[] {
  const runs: Array<{ char: string; from: number; to: number }> = []
  letters.forEach(({ char, gap }, at) => {
    const last = runs.at(-1)
    if (last?.char === char && gap !== 'wide' && !isDigit(char)) last.to = at + 1
    else runs.push({ char, from: at, to: at + 1 })
  })
  return runs
}

/** Whether a letter that stands `used` times says the same as `meant` times: written out longer on purpose, not a word of its own ("good" is not "god"). */
export function sameLength(char: string, used: number, meant: number): boolean {
  return used === meant || (used > meant && (used >= 3 || isUnspaced(char)))
}
