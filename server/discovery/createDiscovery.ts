// Assembles discovery: home, search, rankings, and what sharing needs.
import type { Slice } from '../realtime/Slice.ts'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { Follows } from '../social/Follows.ts'

export type DiscoveryDeps = { readonly database: Database; readonly redis: Redis; readonly accounts: Accounts; readonly channels: Channels; readonly directory: LiveDirectory; readonly follows: Follows; readonly mediaDir: string; readonly log: Logger }

export function createDiscovery(_deps: DiscoveryDeps): Slice {
  return {}
}
