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
import type { Standings } from '../moderation/Standings.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Blocks } from '../social/Blocks.ts'
import { ChannelCards } from './ChannelCards.ts'
import { CoFollowBook } from './CoFollowBook.ts'
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
  readonly blocks: Blocks
  readonly standings: Standings
  readonly mediaDir: string
  readonly log: Logger
}

export function createDiscovery({ settings, database, redis, bus, accounts, visitors, channels, directory, blocks, standings, mediaDir, log }: DiscoveryDeps): Slice {
  const growth = new GrowthSamples({ redis })
  const cards = new ChannelCards({ database, directory, growth, mediaDir, snapshotSeconds: settings.SNAPSHOT_SECONDS, log })
  const history = new WatchHistory({ redis })
  const home = new HomeFeed({ database, blocks, coFollows: new CoFollowBook({ database, redis, log }), cards, history, log })
  const search = new Search({ database, cards })
  const index = new SearchIndex({ database, channels, bus, log })
  const rankings = new Rankings({ database, redis, directory, cards, growth, log })
  const share = createShare({ database, redis, channels, cards, mediaDir, publicUrl: settings.PUBLIC_URL, log })

  /** Beside the answer that live gives: who watches what kind of show. Only of channels that are there, and for those they let in. */
  const rememberWatched = (socket: FootlightSocket): void => {
    const note = async (name: string): Promise<void> => {
      const [channel, user] = await Promise.all([channels.byName(name), accounts.userOf(socket.data.token)])
      if ((await standings.of(channel)).keptOut({ ...socket.data.visitor, user })) return
      await history.note(user ? { userId: user.id } : { visitorId: socket.data.visitor.visitorId }, channel.name)
    }
    socket.on('watch', (request: unknown) => {
      const channel = nameSchema.safeParse((request as { channel?: unknown } | null)?.channel)
      if (channel.success) note(channel.data).catch((error: unknown) => log.debug({ err: error }, 'what was watched could not be noted'))
    })
  }

  return {
    routes: [discoveryRoutes({ redis, home, search, rankings, visitors }), share.routes],
    sockets: [rememberWatched],
    head: share.head,
    erase: (userId) => history.erase({ userId }),
    close: async () => {
      await rankings.close()
      await index.close()
    },
  }
}
