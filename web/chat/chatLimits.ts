// The contract's numbers that the chat's pages need; the contract itself would draw its whole validator into the page. A test compares them.
import type { ChatModes } from '../../server/contract/chat.ts'

/** Characters (code points) of a message. */
export const CHAT_MAX_LENGTH = 200
/** How long the author may take a message back, in ms. */
export const CHAT_RECALL_MS = 120_000
/** Likes one request may carry. */
export const LIKES_AT_ONCE = 30
/** The modes of a chat that nobody restricted. */
export const openModes: ChatModes = { slowSeconds: 0, followersMinutes: null, guardsOnly: false, emoteOnly: false, noLinks: false, uniqueOnly: false, off: false }
