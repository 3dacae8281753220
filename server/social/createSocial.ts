// Assembles following, friends and blocks.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Channels } from '../channels/Channels.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Blocks } from './Blocks.ts'
import { Follows } from './Follows.ts'
import { People } from './People.ts'
import type { OnAir } from './People.ts'
import { socialRoutes } from './socialRoutes.ts'

/** Follows, unfollows, blocks and unblocks of one user. */
const CHANGES = { points: 120, duration: 60 }

export type SocialDeps = { readonly database: Database; readonly redis: Redis; readonly channels: Channels; readonly directory: OnAir; readonly standings: Standings; readonly sockets: FootlightServer; readonly log: Logger }
export type Social = Slice & { readonly follows: Follows; readonly blocks: Blocks }

export function createSocial({ database, redis, channels, directory, log }: SocialDeps): Social {
  const follows = new Follows({ database, redis, log })
  const blocks = new Blocks({ database })
  const people = new People({ database, channels, onAir: directory })
  const changes = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:follow', ...CHANGES })
  return { follows, blocks, routes: [socialRoutes({ people, follows, blocks, changes })], erase: (userId) => Promise.all([follows.erase(userId), blocks.erase(userId)]) }
}
