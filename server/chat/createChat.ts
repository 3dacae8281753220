// Assembles room chat: messages, modes, likes, and what replays show of them.
import type { Slice } from '../realtime/Slice.ts'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { Follows } from '../social/Follows.ts'

export type ChatDeps = { readonly database: Database; readonly redis: Redis; readonly bus: Bus; readonly sockets: FootlightServer; readonly accounts: Accounts; readonly channels: Channels; readonly directory: LiveDirectory; readonly standings: Standings; readonly words: WordFilter; readonly audit: Audit; readonly follows: Follows; readonly blocks: Blocks; readonly notifications: Notifications; readonly log: Logger }

export function createChat(_deps: ChatDeps): Slice {
  return {}
}
