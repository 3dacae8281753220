// Tells a room who came in, once a second; of a crowd it names some and counts the rest.
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Guards } from '../guard/Guards.ts'
import { channelRoom } from '../live/rooms.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import type { FootlightServer } from '../realtime/answer.ts'

const BATCH_MS = 1000
/** Named in one message; more would scroll by unread. */
const NAMED = 10

export type EntryMessagesOptions = { readonly database: Database; readonly sockets: FootlightServer; readonly viewers: ViewerCount; readonly guards: Guards; readonly log: Logger }
type Crowd = { readonly channel: string; readonly named: Set<UserId>; more: number }

export class EntryMessages {
  readonly #options: EntryMessagesOptions
  readonly #waiting = new Map<ChannelId, Crowd>()
  readonly #timer: NodeJS.Timeout

  constructor(options: EntryMessagesOptions) {
    this.#options = options
    options.viewers.on('entered', this.#onEntered)
    this.#timer = setInterval(() => void this.#tell(), BATCH_MS).unref()
  }

  close(): void {
    this.#options.viewers.off('entered', this.#onEntered)
    clearInterval(this.#timer)
  }

  readonly #onEntered = ({ channelId, channel, userId }: { channelId: ChannelId; channel: string; userId: UserId }): void => {
    const crowd = this.#waiting.get(channelId) ?? { channel, named: new Set<UserId>(), more: 0 }
    this.#waiting.set(channelId, crowd)
    if (crowd.named.size < NAMED) crowd.named.add(userId)
    else if (!crowd.named.has(userId)) crowd.more += 1
  }

  /** By the server they came to, through Redis, to the whole room: each entry once. */
  async #tell(): Promise<void> {
    const crowds = [...this.#waiting]
    this.#waiting.clear()
    const { database, sockets, guards, log } = this.#options
    try {
      const users = await findUsers(database, [...new Set(crowds.flatMap(([, { named }]) => [...named]))])
      for (const [channelId, { channel, named, more }] of crowds) {
        const guarding = await Promise.all(users.map(({ id }) => guards.of(channelId, id)))
        // A guard has a line of its own in the chat.
        const people = users.filter(({ id, disabled }, at) => named.has(id) && !disabled && guarding[at] === null).map(viewPerson)
        if (people.length > 0) sockets.to(channelRoom(channelId)).emit('people:entered', { channel, people, more })
      }
    } catch (error) {
      log.warn({ err: error }, 'who came in could not be told')
    }
  }
}
