// Keeps a list of conversations right while pages of it and changes of single ones come in any order.
import type { ConversationView } from '../../server/contract/privateChat.ts'

const compare = (one: ConversationView, other: ConversationView) => (one.at === other.at ? (one.id < other.id ? 1 : -1) : one.at < other.at ? 1 : -1)

/** Newest first; of each conversation the view with the highest version. */
export function mergeConversations(held: readonly ConversationView[], came: readonly ConversationView[]): ConversationView[] {
  const byId = new Map(held.map((view) => [view.id, view]))
  for (const view of came) if ((byId.get(view.id)?.version ?? -1) <= view.version) byId.set(view.id, view)
  return [...byId.values()].sort(compare)
}

/**
 * What a box shows of all that is known.
 * @param tail the last one of the pages loaded so far, while there are more: what is older comes with its page
 */
export function inBox(views: readonly ConversationView[], requests: boolean, tail: ConversationView | null): ConversationView[] {
  return views.filter((view) => view.request === requests && view.lastSeq > view.hiddenSeq && (tail === null || compare(view, tail) <= 0))
}
