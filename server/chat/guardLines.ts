// What a room is told of guards: that somebody became one, and that one came in.
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { OutboxFacts } from '../contract/outbox.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Guards } from '../guard/Guards.ts'
import { findPurchase } from '../guard/guardStore.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { Callers } from './Callers.ts'
import { entrancePauseMs } from './entrancePause.ts'
import type { RoomLines } from './RoomLines.ts'

/** Who leaves and comes back is not announced again so soon. */
const SAME_GUARD_SECONDS = 600
/** A line of a purchase so old, after an outage, would be news no longer. */
const NEWS_MS = 3_600_000

export type GuardLineDeps = { readonly database: Database; readonly redis: Redis; readonly callers: Callers; readonly words: WordFilter; readonly lines: RoomLines; readonly guards: Guards; readonly viewers: ViewerCount; readonly outbox: Outbox; readonly log: Logger }

/** @returns what ends it */
export function guardLines({ database, redis, callers, words, lines, guards, viewers, outbox, log }: GuardLineDeps): () => void {
  /** Who may not write here, or whose name may not be written, is not shown by a line either. */
  const mayBeNamed = async (channel: Channel, user: User): Promise<boolean> => {
    const [standing, broadcast] = await Promise.all([callers.standingOf(channel), callers.broadcastOf(channel.id)])
    if (user.disabled || standing.bars(user) || standing.mutedOf(user, broadcast?.id ?? null)) return false
    return (await words.judge(user.displayName, channel.id)).action === 'pass'
  }
  const find = (channelId: ChannelId, userId: UserId) => Promise.all([findChannel(database, { id: channelId }), findUser(database, { id: userId })])

  const bought = async ({ purchaseId, channelId, userId }: OutboxFacts['guard-bought']): Promise<void> => {
    const purchase = await findPurchase(database, purchaseId)
    if (!purchase || Date.now() - purchase.at.getTime() > NEWS_MS) return
    const [channel, user] = await find(channelId, userId)
    if (!channel || !user || !(await mayBeNamed(channel, user))) return
    await lines.add(channel, { type: 'guard-bought', name: user.displayName, term: purchase.term }, userId, purchaseId)
  }

  const entered = async (channelId: ChannelId, userId: UserId): Promise<void> => {
    const term = await guards.of(channelId, userId)
    if (!term) return
    const [channel, user] = await find(channelId, userId)
    if (!channel || !user || channel.ownerId === userId || !(await mayBeNamed(channel, user))) return
    const pauseMs = entrancePauseMs(viewers.of(channelId), term)
    if (pauseMs > 0 && (await redis.set(`guard-entrance:${channelId}:${term}`, '1', 'PX', pauseMs, 'NX')) !== 'OK') return
    if ((await redis.set(`guard-entered:${channelId}:${userId}`, '1', 'EX', SAME_GUARD_SECONDS, 'NX')) !== 'OK') return
    await lines.add(channel, { type: 'guard-entered', name: user.displayName, term }, userId)
  }

  const onEntered = ({ channelId, userId }: { channelId: ChannelId; userId: UserId }): void => {
    entered(channelId, userId).catch((error: unknown) => log.warn({ err: error }, 'a guard who came in could not be announced'))
  }
  outbox.on('guard-bought', bought)
  viewers.on('entered', onEntered)
  return () => viewers.off('entered', onEntered)
}
