// Joins the messages a page has with those that came, from wherever they came.
import type { PrivateMessage } from '../../server/contract/privateChat.ts'

/** Each seq once, in order, without what the reader has deleted; a message that was taken back stays so. */
export function mergeMessages(held: readonly PrivateMessage[], came: readonly PrivateMessage[], hiddenSeq = 0): PrivateMessage[] {
  const bySeq = new Map(held.map((message) => [message.seq, message]))
  for (const message of came) {
    const old = bySeq.get(message.seq)
    if (old === undefined || old.state === 'said') bySeq.set(message.seq, message)
  }
  return [...bySeq.values()].filter(({ seq }) => seq > hiddenSeq).sort((one, other) => one.seq - other.seq)
}
