// Finds who is called by name in a message, and lets them know.
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { User } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ChatMessage } from '../contract/chat.ts'
import type { UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Notifications } from '../notify/Notifications.ts'
import type { Blocks } from '../social/Blocks.ts'

/** People one message may call. */
export const MENTIONS_AT_ONCE = 5
/** Notifications one author causes in a minute; further mentions are shown in the chat alone. */
const PER_MINUTE = 10

export type Mentioned = { readonly id: UserId; readonly name: string }
export type MentionsDeps = { readonly database: Database; readonly redis: Redis; readonly blocks: Blocks; readonly notifications: Notifications; readonly log: Logger }

const called = /(?<![\p{L}\p{N}_@.-])[@＠]([a-z0-9][a-z0-9_-]{1,30}[a-z0-9])/giu

/** Names that a text calls with @, small, each once, the first few. An address such as me@home is none. */
export function namesCalled(text: string): string[] {
  return [...new Set([...text.matchAll(called)].map(([, name = '']) => name.toLowerCase()))].slice(0, MENTIONS_AT_ONCE)
}

export class Mentions {
  readonly #deps: MentionsDeps
  readonly #limit: RateLimiterRedis

  constructor(deps: MentionsDeps) {
    this.#deps = deps
    const limit = { points: PER_MINUTE, duration: 60 }
    this.#limit = new RateLimiterRedis({ storeClient: deps.redis, keyPrefix: 'limit:mention', ...limit, insuranceLimiter: new RateLimiterMemory(limit) })
  }

  /** Those users that a text calls and who exist. */
  async find(text: string): Promise<Mentioned[]> {
    const names = namesCalled(text)
    if (names.length === 0) return []
    const rows = (await this.#deps.database('users').whereIn('name', names).where({ disabled: false }).select('id', 'name')) as Mentioned[]
    return rows.toSorted((one, other) => names.indexOf(one.name) - names.indexOf(other.name))
  }

  /** Notifies those who are called; never oneself, nor someone who has blocked the author. Failures are logged: the message itself stands. */
  async notify({ channel, author, message, mentioned }: { channel: Channel; author: User; message: ChatMessage; mentioned: readonly Mentioned[] }): Promise<void> {
    const { blocks, notifications, log } = this.#deps
    try {
      const others = mentioned.filter(({ id }) => id !== author.id)
      const willing = (await Promise.all(others.map(async ({ id }) => ((await blocks.has(id, author.id)) ? [] : [id])))).flat()
      if (willing.length === 0 || !(await this.#mayNotify(author.id, willing.length))) return
      await notifications.add({ kind: 'mentioned', userIds: willing, actorId: author.id, channelId: channel.id, text: message.text, link: `/c/${channel.name}`, key: `mention:${message.id}` })
    } catch (error) {
      log.warn({ err: error, messageId: message.id }, 'a mention could not be notified')
    }
  }

  #mayNotify(authorId: UserId, count: number): Promise<boolean> {
    return this.#limit.consume(authorId, count).then(
      () => true,
      (refusal: unknown) => {
        if (refusal instanceof Error) throw refusal
        return false
      },
    )
  }
}
