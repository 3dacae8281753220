// Assembles gifts: the catalogue, sending, red packets, ranks and fan levels.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Guards } from '../guard/Guards.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { Catalogue } from './Catalogue.ts'
import { FanLevels } from './FanLevels.ts'
import { eraseFan } from './fanStore.ts'
import { GiftFiles } from './files/GiftFiles.ts'
import { giftAdminRoutes } from './giftAdminRoutes.ts'
import { GiftDesk } from './GiftDesk.ts'
import { GiftLimits } from './GiftLimits.ts'
import { giftRoutes } from './giftRoutes.ts'
import { giftSockets } from './giftSockets.ts'
import { Givers } from './Givers.ts'
import { PacketReturns } from './packets/PacketReturns.ts'
import { Packets } from './packets/Packets.ts'
import { PacketTeller } from './packets/PacketTeller.ts'
import { RankingBook } from './RankingBook.ts'
import { Rankings } from './Rankings.ts'
import { Shares } from './Shares.ts'
import { Tally } from './Tally.ts'
import { TopThree } from './TopThree.ts'
import { WatchClock } from './WatchClock.ts'

export type GiftsDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly bus: Bus
  readonly sockets: FootlightServer
  readonly accounts: Accounts
  readonly channels: Channels
  readonly directory: LiveDirectory
  readonly viewers: ViewerCount
  readonly standings: Standings
  readonly audit: Audit
  readonly notifications: Notifications
  readonly outbox: Outbox
  readonly ledger: Ledger
  readonly rates: RateBook
  readonly guards: Guards
  readonly mediaDir: string
  readonly log: Logger
}
/** `countSoon`: gifts were sent that the sums have not in yet. */
export type Gifts = Slice & { readonly fans: FanLevels; readonly catalogue: Catalogue; readonly packets: Packets; readonly countSoon: () => void }

export function createGifts({ settings, ...shared }: GiftsDeps): Gifts {
  const { database, redis, rates } = shared
  const catalogue = new Catalogue({ database })
  const givers = new Givers(shared)
  const fans = new FanLevels({ database })
  const limits = new GiftLimits({ redis, perUser: settings.GIFTS_PER_USER, perAddress: settings.GIFTS_PER_ADDRESS })
  const shares = new Shares({ database, rates })
  const book = new RankingBook({ database, redis, databaseUrl: settings.DATABASE_URL })
  const rankings = new Rankings({ database, book })
  const topThree = new TopThree({ ...shared, rankings })
  const tally = new Tally({ ...shared, book, onCounted: (shows) => shows.forEach((broadcastId, channelId) => topThree.look(channelId, broadcastId)) })
  const clock = new WatchClock(shared)
  const teller = new PacketTeller(shared)
  const packets = new Packets({ ...shared, givers, limits, teller })
  const returns = new PacketReturns({ ...shared, packets })
  const files = new GiftFiles(shared)
  const desk = new GiftDesk({ ...shared, catalogue, files, shares })
  const deps = { ...shared, catalogue, givers, limits, shares, packets }
  return {
    fans,
    catalogue,
    packets,
    countSoon: () => tally.soon(),
    open: [files.routes()],
    routes: [giftRoutes({ ...deps, fans, rankings }), giftAdminRoutes({ desk })],
    sockets: [(socket) => giftSockets(socket, deps)],
    erase: (userId) => eraseFan(database, userId),
    close: async () => {
      givers.close()
      topThree.close()
      await Promise.all([tally.close(), clock.close(), returns.close()])
      teller.close()
    },
  }
}
