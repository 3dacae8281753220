// Assembles discovery: home, search, rankings, and what sharing needs.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Visitors } from '../accounts/Visitors.ts'
import type { Channels } from '../channels/Channels.ts'
import { nameSchema } from '../contract/ids.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import { ChannelCards } from './ChannelCards.ts'
import { discoveryRoutes } from './discoveryRoutes.ts'
import { GrowthSamples } from './GrowthSamples.ts'
import { HomeFeed } from './HomeFeed.ts'
import { Rankings } from './Rankings.ts'
import { Search } from './search/Search.ts'
import { SearchIndex } from './search/SearchIndex.ts'
import { createShare } from './share/createShare.ts'
import { WatchHistory } from './WatchHistory.ts'

export type DiscoveryDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly bus: Bus
  readonly accounts: Accounts
  readonly visitors: Visitors
  readonly channels: Channels
  readonly directory: LiveDirectory
  readonly mediaDir: string
  readonly log: Logger
}

export function createDiscovery({ settings, database, redis, bus, accounts, visitors, channels, directory, mediaDir, log }: DiscoveryDeps): Slice {
  const growth = new GrowthSamples({ redis })
  const cards = new ChannelCards({ database, directory, growth, mediaDir, snapshotSeconds: settings.SNAPSHOT_SECONDS, log })
  const history = new WatchHistory({ redis })
  const home = new HomeFeed({ database, cards, history, log })
  const search = new Search({ database, cards })
  const index = new SearchIndex({ database, channels, bus, log })
  const rankings = new Rankings({ database, redis, directory, cards, growth, log })
  const share = createShare({ database, redis, channels, cards, mediaDir, publicUrl: settings.PUBLIC_URL, log })

  /** Beside the answer that live gives: who watches what kind of show. */
  const rememberWatched = (socket: FootlightSocket): void => {
    socket.on('watch', (request: unknown) => {
      const channel = nameSchema.safeParse((request as { channel?: unknown } | null)?.channel)
      if (!channel.success) return
      void accounts
        .userOf(socket.data.token)
        .then((user) => history.note(user?.id ?? socket.data.visitor.visitorId, channel.data))
        .catch((error: unknown) => log.debug({ err: error }, 'what was watched could not be noted'))
    })
  }

  return {
    routes: [discoveryRoutes({ redis, home, search, rankings, visitors }), share.routes],
    sockets: [rememberWatched],
    head: share.head,
    erase: (userId) => history.erase(userId),
    close: async () => {
      await rankings.close()
      await index.close()
    },
  }
}
