// Where the chat's list and the danmaku get what was said: a live room, or a replay's record.
import type { ChatMessage, ChatModes, ChatSelf } from '../../server/contract/chat.ts'
import type { ChatRow } from './ChatRow.ts'

/** `reconnecting`: the way to the server is down or part of it is away. `missing`: there is no such chat. */
export type ChatState = 'joining' | 'joined' | 'reconnecting' | 'kept-out' | 'missing'

/** What the chat shows at one moment; a new object at each change. */
export type ChatSnapshot = {
  readonly state: ChatState
  readonly rows: readonly ChatRow[]
  readonly modes: ChatModes
  readonly pinned: ChatMessage | null
  /** Null until the server told. */
  readonly self: ChatSelf | null
  /** This page's clock (epoch ms) from which the reader may write again; 0: at once. */
  readonly nextAt: number
  /** How far the server's clock is ahead of this page's, in ms. */
  readonly serverAhead: number
  /** For moderators: what waits for their decision, oldest first. */
  readonly held: readonly ChatMessage[]
}

export type ChatSource = {
  readonly snapshot: ChatSnapshot
  /** @returns what stops listening. */
  readonly subscribe: (listener: () => void) => () => void
  /** Each message once, as it is said (not what was said before one came). @returns what stops listening. */
  readonly onFresh: (listener: (message: ChatMessage, own: boolean) => void) => () => void
}
