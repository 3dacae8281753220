// How messages stand together: by day, by author, by moment.
import type { PrivateMessage } from '../../server/contract/privateChat.ts'

/** Messages of one author this close together are one block. */
const TOGETHER_MS = 5 * 60_000

export type MessageRow = {
  readonly message: PrivateMessage
  /** The first of its day in the reader's time zone. */
  readonly opensDay: boolean
  /** The first and the last of a block. */
  readonly opens: boolean
  readonly closes: boolean
}

const dayOf = (at: string) => new Date(at).toDateString()
const belong = (one: PrivateMessage | undefined, next: PrivateMessage | undefined) =>
  one !== undefined && next !== undefined && one.mine === next.mine && dayOf(one.at) === dayOf(next.at) && Date.parse(next.at) - Date.parse(one.at) < TOGETHER_MS

/** One row a message, so that older ones before them leave the rest as it was. */
export function messageRows(messages: readonly PrivateMessage[]): MessageRow[] {
  return messages.map((message, at) => {
    const before = messages[at - 1]
    return { message, opensDay: before === undefined || dayOf(before.at) !== dayOf(message.at), opens: !belong(before, message), closes: !belong(message, messages[at + 1]) }
  })
}
