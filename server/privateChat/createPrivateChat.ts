// Assembles private chat (私聊).
import type { Slice } from '../realtime/Slice.ts'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { Follows } from '../social/Follows.ts'

export type PrivateChatDeps = { readonly database: Database; readonly redis: Redis; readonly sockets: FootlightServer; readonly accounts: Accounts; readonly blocks: Blocks; readonly follows: Follows; readonly words: WordFilter; readonly mediaDir: string; readonly log: Logger }

export function createPrivateChat(_deps: PrivateChatDeps): Slice {
  return {}
}
