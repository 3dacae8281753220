// A lexicon as text, to write and to keep: one entry a line, `word | action seconds`.
import { WORD_LENGTH, wordActions } from '../../contract/moderation.ts'
import type { WordAction, WordEntry } from '../../contract/moderation.ts'
import { AppError } from '../../core/AppError.ts'

const MUTE_SECONDS = 600
const MAX_MUTE_SECONDS = 30 * 86_400
/** Each makes a pattern costlier to look for. */
const MAX_STARS = 4
/** Wrong lines named in one answer. */
const MAX_PROBLEMS = 20

/** @throws AppError bad-request naming the wrong lines, limit-reached with more than `limit` entries */
export function parseLexicon(text: string, limit: number): WordEntry[] {
  const entries = new Map<string, WordEntry>()
  const problems: Record<string, string> = {}
  text.split(/\r?\n/).forEach((line, at) => {
    const content = line.replace(/^\uFEFF/, '').trim()
    if (content === '' || content.startsWith('#')) return
    const entry = parseLine(content)
    if (typeof entry === 'string') problems[`line ${at + 1}`] = entry
    else entries.set(entry.word.toLowerCase(), entry)
  })
  const wrong = Object.entries(problems)
  if (wrong.length > 0) {
    const fields = Object.fromEntries(wrong.slice(0, MAX_PROBLEMS))
    throw new AppError('bad-request', { message: Object.entries(fields).map(([line, problem]) => `${line} ${problem}`).join('; '), fields })
  }
  if (entries.size > limit) throw new AppError('limit-reached', { message: `The list may have at most ${limit} entries` })
  return [...entries.values()]
}

/** @returns the entry, or what is wrong with the line */
function parseLine(line: string): WordEntry | string {
  const [written = '', how = '', ...more] = line.split('|').map((part) => part.trim())
  const [action = 'replace', length, ...rest] = how.split(/\s+/).filter(Boolean)
  const word = written.normalize('NFC').replace(/\*{2,}/g, '*')
  if (word.split('*').length - 1 > MAX_STARS) return `has more than ${MAX_STARS} *`
  if (more.length > 0) return 'has more than one |'
  if (![...word].some((char) => /[\p{L}\p{N}]/u.test(char))) return 'has no letter'
  if ([...word].length > WORD_LENGTH) return `is longer than ${WORD_LENGTH} characters`
  if (!isAction(action)) return `must say replace, hold, refuse or mute, not ${action.slice(0, 20)}`
  if (length !== undefined && (action !== 'mute' || !/^\d{1,7}$/.test(length) || Number(length) < 10 || Number(length) > MAX_MUTE_SECONDS)) return 'may give seconds, 10 to 2592000, after mute alone'
  if (rest.length > 0) return 'has words that mean nothing'
  return { word, kind: word.includes('*') ? 'pattern' : 'exact', action, muteSeconds: action === 'mute' ? Number(length ?? MUTE_SECONDS) : 0 }
}

const isAction = (text: string): text is WordAction => (wordActions as readonly string[]).includes(text)

/** What `parseLexicon` reads back the same. */
export function printLexicon(entries: readonly WordEntry[]): string {
  return entries.map(({ word, action, muteSeconds }) => (action === 'replace' ? word : action === 'mute' ? `${word} | mute ${muteSeconds}` : `${word} | ${action}`)).map((line) => `${line}\n`).join('')
}
