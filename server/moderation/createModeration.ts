// Assembles moderation: standings, sanctions, moderators, words and the audit record.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Channels } from '../channels/Channels.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Audit } from './Audit.ts'
import { auditRoutes } from './auditRoutes.ts'
import { eraseSanctions } from './eraseSanctions.ts'
import { moderationRoutes } from './moderationRoutes.ts'
import { Moderators } from './Moderators.ts'
import type { GuardTerms } from './requireUpperHand.ts'
import { Sanctions } from './Sanctions.ts'
import { Standings } from './Standings.ts'
import { Lexicons } from './words/Lexicons.ts'
import { WordFilter } from './words/WordFilter.ts'
import { wordRoutes } from './words/wordRoutes.ts'

/** A raid needs quick hands; nobody needs more. */
const ACTS = { points: 120, duration: 60 }

export type ModerationDeps = {
  readonly database: Database
  readonly redis: Redis
  readonly bus: Bus
  readonly sockets: FootlightServer
  readonly channels: Channels
  /** What is live anywhere; a mute "for this show" needs to know the show. */
  readonly directory: { of(channelId: ChannelId): Promise<{ readonly id: BroadcastId } | undefined> }
  readonly guards: GuardTerms
  readonly log: Logger
}
export type Moderation = Slice & { readonly standings: Standings; readonly words: WordFilter; readonly audit: Audit; readonly sanctions: Sanctions; readonly moderators: Moderators }

export function createModeration({ database, redis, bus, sockets, channels, directory, guards, log }: ModerationDeps): Moderation {
  const audit = new Audit({ database })
  const standings = new Standings({ database, bus, log })
  const running = async (channelId: ChannelId) => (await directory.of(channelId))?.id ?? null
  const sanctions = new Sanctions({ database, bus, sockets, audit, running, guards, log })
  const moderators = new Moderators({ database, bus, audit })
  const lexicons = new Lexicons({ database, bus, audit })
  const words = new WordFilter({ lexicons, bus })
  const acts = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:moderation', ...ACTS })
  const routes = [moderationRoutes({ database, channels, standings, sanctions, moderators, acts }), auditRoutes({ database, channels, standings, audit }), wordRoutes({ channels, standings, lexicons })]
  const erase = (userId: UserId) => Promise.all([moderators.forget(userId), eraseSanctions({ database, bus }, userId), audit.eraseTexts(userId)])
  const close = () => {
    standings.close()
    words.close()
  }
  return { routes, standings, words, audit, sanctions, moderators, erase, close }
}
