// Assembles notifications: the bell, Web Push, e-mail, and the job that tells followers of a broadcast.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Live } from '../live/Live.ts'
import type { Mailer } from '../mail/Mailer.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Follows } from '../social/Follows.ts'
import { Notifications } from './Notifications.ts'

export type NotifyDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly accounts: Accounts
  readonly channels: Channels
  readonly follows: Follows
  readonly live: Live
  readonly mailer: Mailer
  readonly sockets: FootlightServer
  readonly log: Logger
}
export type Notify = Slice & { readonly notifications: Notifications }

export function createNotify({ database }: NotifyDeps): Notify {
  return { notifications: new Notifications({ database }) }
}
