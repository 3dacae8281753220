// In the list of the chat one combo is one line that counts up, not one for each sending.
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { ChatRow } from '../chat/ChatRow.ts'

const comboOf = (message: ChatMessage): string | null => (message.line?.type === 'gift' ? `${message.line.sender.id} ${message.line.combo.id}` : null)

/** Gift lines that follow each other in one combo become the last of them, at the place and with the key of the first. @returns the same array where nothing folds. */
export function foldCombos(rows: readonly ChatRow[]): readonly ChatRow[] {
  const folded: ChatRow[] = []
  let open: string | null = null
  for (const row of rows) {
    const combo = row.kind === 'message' && !row.deleted ? comboOf(row.message) : null
    const last = folded.at(-1)
    if (combo !== null && combo === open && row.kind === 'message' && last?.kind === 'message') folded[folded.length - 1] = { ...row, key: last.key }
    else folded.push(row)
    open = combo
  }
  return folded.length === rows.length ? rows : folded
}
