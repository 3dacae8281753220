// What a line of the chat's list can be.
import type { ChatMessage, DanmakuStyle } from '../../server/contract/chat.ts'
import type { PersonView } from '../../server/contract/people.ts'
import type { FailureCode } from '../client/RequestFailed.ts'

/** A message of the reader's own that the room has not shown yet. */
export type SendingMessage = {
  readonly clientId: string
  readonly text: string
  readonly replyTo: ChatMessage | null
  readonly style: DanmakuStyle | null
  /** `held`: sent, and waiting for a moderator. */
  readonly state: 'pending' | 'failed' | 'held'
  readonly failure: FailureCode | null
}

/** Lines with a place among the messages: `seq` is a message's own, and for the others that of the message they stand behind. */
export type LogRow =
  | { readonly kind: 'message'; readonly key: string; readonly seq: number; readonly message: ChatMessage; /** For moderators: taken off by one of them. */ readonly deleted: boolean }
  /** More was said here than the server told. */
  | { readonly kind: 'gap'; readonly key: string; readonly seq: number }
  /** The room overflows: so many messages of strangers were left out. */
  | { readonly kind: 'sampled'; readonly key: string; readonly seq: number; readonly count: number }
  /** People came in; never part of the history. */
  | { readonly kind: 'entered'; readonly key: string; readonly seq: number; readonly people: readonly PersonView[]; readonly more: number }

export type ChatRow = LogRow | { readonly kind: 'sending'; readonly key: string; readonly sending: SendingMessage }
