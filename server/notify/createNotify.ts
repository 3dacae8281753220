// Assembles notifications: the bell, Web Push, e-mail, and the job that tells followers of a broadcast.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { findUser } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { UserId } from '../contract/ids.ts'
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Live } from '../live/Live.ts'
import type { Mailer } from '../mail/Mailer.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { Follows } from '../social/Follows.ts'
import { Choices } from './Choices.ts'
import { Dispatcher } from './Dispatcher.ts'
import { GoLive } from './GoLive.ts'
import { MailNotices } from './mail/MailNotices.ts'
import { unsubscribeRoutes } from './mail/unsubscribeRoutes.ts'
import { Notifications } from './Notifications.ts'
import { notifyRoutes } from './notifyRoutes.ts'
import { WebPush } from './push/WebPush.ts'

const CHANGES = { points: 120, duration: 60 }
/** Push services want an address of whoever runs this; one that cannot be reached is allowed. */
const NOBODY = 'mailto:nobody@footlight.invalid'

export type NotifyDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly channels: Channels
  readonly follows: Follows
  readonly blocks: Blocks
  readonly live: Live
  readonly mailer: Mailer
  readonly sockets: FootlightServer
  readonly log: Logger
}
export type Notify = Slice & { readonly notifications: Notifications }

export function createNotify({ settings, database, redis, follows, blocks, live, mailer, sockets, log }: NotifyDeps): Notify {
  const { APP_SECRET: appSecret, PUBLIC_URL: publicUrl } = settings
  const choices = new Choices({ database })
  const push = new WebPush({ database, appSecret, subject: publicUrl.startsWith('https://') ? publicUrl : NOBODY, anywhere: settings.NODE_ENV === 'test', log })
  const mails = new MailNotices({ database, mailer, appSecret, publicUrl })
  const dispatcher = new Dispatcher({ settings, database, push, mails, log })
  const notifications = new Notifications({ database, blocks, choices, sockets, outbound: dispatcher, log })
  const goLive = new GoLive({ settings, database, follows, notifications, live, log })
  push.publicKey().catch((error: unknown) => log.error({ err: error }, 'Web Push has no keys'))

  const tellOfFollower = ({ followerId, followedId }: { followerId: UserId; followedId: UserId }): void => {
    const tell = async () => {
      const follower = await findUser(database, { id: followerId })
      const today = new Date().toISOString().slice(0, 10)
      if (follower) await notifications.add({ kind: 'followed', userIds: [followedId], actorId: followerId, channelId: null, text: '', link: `/u/${follower.name}`, key: `followed-${followerId}-${today}` })
    }
    tell().catch((error: unknown) => log.warn({ err: error }, 'somebody was not told of a new follower'))
  }
  follows.on('followed', tellOfFollower)

  const changes = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:notify', ...CHANGES })
  return {
    notifications,
    // Its signed token is the proof, and a mail's page has no origin to show.
    open: [unsubscribeRoutes({ choices, appSecret })],
    routes: [notifyRoutes({ notifications, choices, push, mails, changes })],
    erase: (userId) => Promise.all([notifications, choices, push].map((part) => part.erase(userId))),
    close: async () => {
      follows.off('followed', tellOfFollower)
      await goLive.close()
      await dispatcher.close()
    },
  }
}
