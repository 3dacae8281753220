// How well something found answers a question: what search results are sorted by.
import { wordsOf } from './searchText.ts'

export type Findable = {
  /** Names, titles, tags: what the question is compared with. */
  readonly fields: readonly string[]
  readonly live: boolean
  readonly followers: number
}

/** 3: a field is exactly the question; 2: one begins with it; 1: a word of one does; 0: it stands somewhere inside. */
export function matchOf(query: string, fields: readonly string[]): 0 | 1 | 2 | 3 {
  const asked = wordsOf(query).join(' ')
  const folded = fields.map((field) => wordsOf(field).join(' '))
  if (folded.some((field) => field === asked)) return 3
  if (folded.some((field) => field.startsWith(asked))) return 2
  if (folded.some((field) => ` ${field}`.includes(` ${asked}`))) return 1
  return 0
}

/** Live ones first, then the better match, then more followers. */
export function rankMatches<T extends Findable>(query: string, found: readonly T[]): T[] {
  return found
    .map((hit) => ({ hit, match: matchOf(query, hit.fields) }))
    .sort((a, b) => Number(b.hit.live) - Number(a.hit.live) || b.match - a.match || b.hit.followers - a.hit.followers)
    .map(({ hit }) => hit)
}
