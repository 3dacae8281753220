// Assembles presence: who is in a channel, and who came in.
import type { Slice } from '../realtime/Slice.ts'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { FootlightServer } from '../realtime/answer.ts'

export type PresenceDeps = { readonly redis: Redis; readonly sockets: FootlightServer; readonly accounts: Accounts; readonly channels: Channels; readonly standings: Standings; readonly viewers: ViewerCount; readonly log: Logger }

export function createPresence(_deps: PresenceDeps): Slice {
  return {}
}
