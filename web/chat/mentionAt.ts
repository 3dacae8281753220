// Completes an @name while it is written: finds the word at the cursor, and who in this chat it may mean.
import type { ChatRow } from './ChatRow.ts'

export type Known = { readonly name: string; readonly displayName: string; readonly avatarUrl: string | null }

const OFFERED = 5

/** @returns where the `@` stands and what follows it up to the cursor, or null outside a mention. */
export function mentionAt(text: string, cursor: number): { readonly from: number; readonly query: string } | null {
  const found = /(?:^|[\s\p{P}\p{S}\p{Script=Han}])@([\p{L}\p{N}_-]{0,32})$/u.exec(text.slice(0, cursor))
  const query = found?.[1]
  return query === undefined ? null : { from: cursor - query.length - 1, query }
}

/** People whose name or shown name begins with the query, who spoke last first. */
export function offerNames(rows: readonly ChatRow[], query: string, ownName: string | null): Known[] {
  const wanted = query.toLowerCase()
  const offered = new Map<string, Known>()
  for (const row of rows.toReversed()) {
    const author = row.kind === 'message' ? row.message.author : null
    if (author === null || author.name === ownName || offered.has(author.name)) continue
    if (author.name.startsWith(wanted) || author.displayName.toLowerCase().startsWith(wanted)) offered.set(author.name, author)
    if (offered.size === OFFERED) break
  }
  return [...offered.values()]
}

/** @returns the text with the mention written out, and where the cursor goes. */
export function completeMention(text: string, cursor: number, from: number, name: string): { readonly text: string; readonly cursor: number } {
  const rest = text.slice(cursor)
  const written = `@${name}${rest.startsWith(' ') ? '' : ' '}`
  return { text: text.slice(0, from) + written + rest, cursor: from + written.length + (rest.startsWith(' ') ? 1 : 0) }
}
