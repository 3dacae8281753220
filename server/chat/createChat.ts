// Assembles room chat: messages, modes, likes, and what replays show of them.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Gifts } from '../gifts/createGifts.ts'
import type { Guards } from '../guard/Guards.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { ReplayDoor } from '../live/replayDoor.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Sanctions } from '../moderation/Sanctions.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { Follows } from '../social/Follows.ts'
import { Callers } from './Callers.ts'
import { ChatLimits } from './ChatLimits.ts'
import { chatSockets } from './chatSockets.ts'
import { eraseMessages } from './eraseMessages.ts'
import { FanOut } from './FanOut.ts'
import { tellGiftLines } from './giftLines.ts'
import { guardLines } from './guardLines.ts'
import { deleteMessages } from './keepChat.ts'
import type { Keeper } from './keepChat.ts'
import { Likes } from './Likes.ts'
import { Members } from './Members.ts'
import { Mentions } from './Mentions.ts'
import { MessageWriter } from './MessageWriter.ts'
import { Pace } from './Pace.ts'
import { RecentMessages } from './RecentMessages.ts'
import { replayChatRoutes } from './replayChatRoutes.ts'
import { RoomLines } from './RoomLines.ts'
import { RoomSettings } from './RoomSettings.ts'
import { TextJudge } from './TextJudge.ts'

export type ChatDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly bus: Bus
  readonly sockets: FootlightServer
  readonly accounts: Accounts
  readonly channels: Channels
  readonly directory: LiveDirectory
  readonly standings: Standings
  readonly sanctions: Sanctions
  readonly words: WordFilter
  readonly audit: Audit
  readonly follows: Follows
  readonly blocks: Blocks
  readonly notifications: Notifications
  readonly guards: Guards
  readonly gifts: Gifts
  readonly outbox: Outbox
  readonly viewers: ViewerCount
  readonly replayDoor: ReplayDoor
  readonly log: Logger
}

/** `deleteMessage`: as a moderator's request does it, for those who are not in the room. */
export type Chat = Slice & { readonly deleteMessage: (caller: Keeper, which: { readonly id: string; readonly reason: string }) => Promise<number> }

export function createChat({ settings: platform, gifts, replayDoor, ...shared }: ChatDeps): Chat {
  const { database, redis, bus, sockets, channels, standings, log } = shared
  const settings = new RoomSettings({ database })
  const pace = new Pace({ redis })
  const recent = new RecentMessages({ database })
  const writer = new MessageWriter({ database })
  const limits = new ChatLimits({ redis, perUser: platform.CHAT_PER_USER, perAddress: platform.CHAT_PER_ADDRESS })
  const callers = new Callers({ ...shared, fans: gifts.fans, settings, pace })
  const members = new Members({
    bus,
    log,
    userOf: (socket) => shared.accounts.userOf(socket.data.token),
    standingOf: (channel) => callers.standingOf(channel),
    placeOf: (...reader) => callers.placeOf(...reader),
    selfOf: (...reader) => callers.selfOf(...reader),
  })
  const fanOut = new FanOut({ database, redis, bus, sockets, recent, settings, members, log })
  const lines = new RoomLines({ database, redis, channels, callers, follows: shared.follows, words: shared.words, writer, fanOut, log })
  const endGuardLines = guardLines({ ...shared, callers, lines })
  tellGiftLines({ ...shared, gifts, callers, writer, fanOut })
  const likes = new Likes({ database, redis, bus, sockets, callers, members, log })
  const mentions = new Mentions({ database, redis, blocks: shared.blocks, notifications: shared.notifications, log })
  const deps = { ...shared, settings, pace, recent, writer, limits, callers, members, fanOut, lines, likes, mentions, judge: new TextJudge(shared) }
  return {
    deleteMessage: (caller, which) => deleteMessages(deps, caller, which),
    routes: [replayChatRoutes({ database, redis, standings, door: replayDoor })],
    sockets: [(socket) => chatSockets(socket, deps)],
    erase: (userId) => eraseMessages({ database, fanOut }, userId),
    close: async () => {
      endGuardLines()
      lines.close()
      members.close()
      callers.close()
      fanOut.close()
      await likes.close()
    },
  }
}
