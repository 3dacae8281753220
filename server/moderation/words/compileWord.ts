// Turns one entry of a lexicon into what is looked up: its letters, and for a pattern the pieces around each `*`.
import type { WordEntry } from '../../contract/moderation.ts'
import type { CharacterFolder } from './CharacterFolder.ts'
import { collapseRuns } from './collapseRuns.ts'
import type { Run } from './collapseRuns.ts'
import { isUnspaced, readLetters } from './readLetters.ts'
import type { Letter } from './readLetters.ts'

/** Letters without a `*` among them. */
export type Piece = { readonly key: string; readonly runs: readonly Run[]; readonly letters: readonly Letter[] }
export type CompiledWord = {
  readonly entry: WordEntry
  readonly pieces: readonly Piece[]
  /** Whether the word may go on before its first, and after its last letter. */
  readonly openStart: boolean
  readonly openEnd: boolean
}

/** @returns undefined when nothing of it can be looked up (signs and spaces alone) */
export function compileWord(entry: WordEntry, folder: CharacterFolder): CompiledWord | undefined {
  const parts = entry.kind === 'pattern' ? entry.word.split('*') : [entry.word]
  const pieces = parts.map((part) => toPiece(part, folder)).filter(({ letters }) => letters.length > 0)
  const [first, last] = [pieces[0]?.letters[0], pieces.at(-1)?.letters.at(-1)]
  if (!first || !last) return undefined
  const open = (edge: string | undefined) => entry.kind === 'pattern' && edge === ''
  return { entry, pieces, openStart: open(parts[0]) || isUnspaced(first.char), openEnd: open(parts.at(-1)) || isUnspaced(last.char) }
}

function toPiece(text: string, folder: CharacterFolder): Piece {
  const letters = readLetters(text, folder)
  const runs = collapseRuns(letters)
  return { key: runs.map(({ char }) => char).join(''), runs, letters }
}
