// Assembles following, friends and blocks.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Blocks } from './Blocks.ts'
import { Follows } from './Follows.ts'

export type SocialDeps = { readonly database: Database; readonly redis: Redis; readonly accounts: Accounts; readonly channels: Channels; readonly standings: Standings; readonly sockets: FootlightServer; readonly log: Logger }
export type Social = Slice & { readonly follows: Follows; readonly blocks: Blocks }

export function createSocial({ database }: SocialDeps): Social {
  return { follows: new Follows({ database }), blocks: new Blocks({ database }) }
}
