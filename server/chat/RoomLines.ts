// The lines that stand among the messages: who has begun to follow, that the modes were changed, and what others add.
import type { Channel } from '../channels/channelStore.ts'
import type { Channels } from '../channels/Channels.ts'
import { findUser } from '../accounts/userStore.ts'
import type { ChatLine } from '../contract/chat.ts'
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { Follows } from '../social/Follows.ts'
import type { Callers } from './Callers.ts'
import type { FanOut } from './FanOut.ts'
import type { MessageWriter } from './MessageWriter.ts'

/** A channel shows so many new followers: one a second at most. */
const FOLLOW_LINE_MS = 1000
/** Who unfollows and follows again is not announced again so soon. */
const SAME_FOLLOWER_SECONDS = 24 * 3600

export type RoomLinesDeps = { readonly database: Database; readonly redis: Redis; readonly channels: Channels; readonly callers: Callers; readonly follows: Follows; readonly words: WordFilter; readonly writer: MessageWriter; readonly fanOut: FanOut; readonly log: Logger }

export class RoomLines {
  readonly #deps: RoomLinesDeps

  constructor(deps: RoomLinesDeps) {
    this.#deps = deps
    deps.follows.on('followed', this.#onFollowed)
  }

  /** Stores a line and shows it to the room. @param aboutId whom it names. @param id of the same one again: it is stored once, and pages drop the repeat */
  async add(channel: Channel, line: ChatLine, aboutId: UserId, id: string = newId()): Promise<void> {
    const { callers, writer, fanOut } = this.#deps
    const broadcast = await callers.broadcastOf(channel.id)
    const now = Date.now()
    const { message } = await writer.write(
      channel.id,
      {
        id,
        channel: channel.name,
        broadcastId: broadcast?.id ?? null,
        offsetMs: broadcast?.liveAt ? Math.max(0, now - Date.parse(broadcast.liveAt)) : null,
        at: new Date(now).toISOString(),
        author: null,
        clientId: null,
        text: '',
        replyTo: null,
        mentions: [],
        style: null,
        line,
      },
      'said',
      aboutId,
    )
    fanOut.say(channel.id, message, line.type !== 'followed' && line.type !== 'guard-entered')
  }

  close(): void {
    this.#deps.follows.off('followed', this.#onFollowed)
  }

  readonly #onFollowed = ({ followerId, followedId }: { followerId: UserId; followedId: UserId }): void => {
    this.#followed(followerId, followedId).catch((error: unknown) => this.#deps.log.warn({ err: error }, 'a new follower could not be announced'))
  }

  async #followed(followerId: UserId, followedId: UserId): Promise<void> {
    const { channels, callers, database, redis, words } = this.#deps
    const [channel, follower] = await Promise.all([channels.ownedBy(followedId), findUser(database, { id: followerId })])
    if (!channel || !follower) return
    // Who may not write here, or whose name could not be written, is not shown by a line either.
    const [standing, broadcast] = await Promise.all([callers.standingOf(channel), callers.broadcastOf(channel.id)])
    if (standing.bars(follower) || standing.mutedOf(follower, broadcast?.id ?? null)) return
    if ((await words.judge(follower.displayName, channel.id)).action !== 'pass') return
    if ((await redis.set(`chat-followed:${channel.id}:${followerId}`, '1', 'EX', SAME_FOLLOWER_SECONDS, 'NX')) !== 'OK') return
    if ((await redis.set(`chat-followed:${channel.id}`, '1', 'PX', FOLLOW_LINE_MS, 'NX')) !== 'OK') return
    await this.add(channel, { type: 'followed', name: follower.displayName }, followerId)
  }
}
