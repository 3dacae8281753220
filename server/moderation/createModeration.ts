// Assembles moderation: standings, sanctions, words and the audit record.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Audit } from './Audit.ts'
import { Standings } from './Standings.ts'
import { WordFilter } from './words/WordFilter.ts'

export type ModerationDeps = { readonly database: Database; readonly redis: Redis; readonly bus: Bus; readonly sockets: FootlightServer; readonly accounts: Accounts; readonly channels: Channels; readonly log: Logger }
export type Moderation = Slice & { readonly standings: Standings; readonly words: WordFilter; readonly audit: Audit }

export function createModeration({ database }: ModerationDeps): Moderation {
  return { standings: new Standings(), words: new WordFilter(), audit: new Audit({ database }) }
}
