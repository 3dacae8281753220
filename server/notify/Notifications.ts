// What happened that a user should hear of: kept, counted as unread, and told at once where the user is.
import { randomUUID } from 'node:crypto'
import { findUser, viewPerson } from '../accounts/userStore.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { NotificationKind, NotificationsPage, NotificationView } from '../contract/notify.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import { userRoom } from '../realtime/createSocketServer.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { Choices } from './Choices.ts'
import { countUnread, deleteOlder, eraseNotifications, insertNotifications, listNotifications, markRead, storedKey } from './notificationStore.ts'

export type { NotificationKind }

export type NewNotification = {
  readonly kind: NotificationKind
  readonly userIds: readonly UserId[]
  readonly actorId: UserId | null
  readonly channelId: ChannelId | null
  /** What a page shows besides: the text of a mention, a broadcast's title, … */
  readonly text: string
  /** A path of this platform that it leads to. */
  readonly link: string
  /** The same key is kept once a user, however often it is added. */
  readonly key?: string
}

/** What is carried out of this platform, by push or e-mail. */
export type Dispatch = Pick<NotificationView, 'kind' | 'actor' | 'channel' | 'text' | 'link'> & { readonly key: string; readonly userIds: readonly UserId[] }

/** Takes what push and e-mail should carry to these users; it neither throws nor waits for its work to be done. */
export type Outbound = { dispatch(ways: { readonly push: readonly UserId[]; readonly email: readonly UserId[] }, what: Omit<Dispatch, 'userIds'>): void }

const MAX_TEXT = 300
const BATCH = 1000
/** A message through Redis names every room it is for: it stays small so. */
const ROOMS = 250
const KEEP_MS = 90 * 86_400_000
const PRUNE_BATCH = 5000

export class Notifications {
  readonly #database: Database
  readonly #blocks: Blocks
  readonly #choices: Choices
  readonly #sockets: FootlightServer
  readonly #outbound: Outbound
  readonly #log: Logger

  constructor({ database, blocks, choices, sockets, outbound, log }: { database: Database; blocks: Blocks; choices: Choices; sockets: FootlightServer; outbound: Outbound; log: Logger }) {
    this.#database = database
    this.#blocks = blocks
    this.#choices = choices
    this.#sockets = sockets
    this.#outbound = outbound
    this.#log = log
  }

  /** Tells each of the users by the ways they chose; nobody hears of their own doings, nor of somebody they have blocked. */
  async add({ kind, userIds, actorId, channelId, text: given, link, key }: NewNotification): Promise<void> {
    const [actor, channel] = await Promise.all([actorId && findUser(this.#database, { id: actorId }), channelId && findChannel(this.#database, { id: channelId })])
    const text = [...given].slice(0, MAX_TEXT).join('')
    const at = new Date()
    const what = { kind, actor: actor ? viewPerson(actor) : null, channel: channel ? { name: channel.name, title: channel.title } : null, text, link, key: storedKey(key ?? randomUUID()) }
    for (let from = 0; from < userIds.length; from += BATCH) {
      const batch = await this.#without(actorId, userIds.slice(from, from + BATCH))
      const { bell, push, email } = await this.#choices.sort(batch, kind)
      await insertNotifications(this.#database, bell, { kind, actorId, channelId, text, link, key, at })
      this.#tell(bell, { ...what, at: at.toISOString() })
      this.#outbound.dispatch({ push, email }, what)
    }
  }

  async page(userId: UserId, { after, limit }: { after?: string | undefined; limit: number }): Promise<NotificationsPage> {
    const [found, unread] = await Promise.all([listNotifications(this.#database, userId, { after, limit: limit + 1 }), this.unread(userId)])
    const notifications = found.slice(0, limit)
    return { notifications, unread, next: found.length > limit ? (notifications.at(-1)?.id ?? null) : null }
  }

  unread(userId: UserId): Promise<number> {
    return countUnread(this.#database, userId)
  }

  /** @param ids of these alone; undefined: all. @returns how many are still unread */
  async read(userId: UserId, ids?: readonly string[]): Promise<number> {
    await markRead(this.#database, userId, ids)
    const unread = await this.unread(userId)
    this.#sockets.to(userRoom(userId)).emit('notifications:counted', { unread })
    return unread
  }

  /** Forgets what is older than 90 days. */
  async prune(): Promise<void> {
    const than = new Date(Date.now() - KEEP_MS)
    let gone = 0
    for (let deleted = PRUNE_BATCH; deleted === PRUNE_BATCH; gone += deleted) deleted = await deleteOlder(this.#database, than, PRUNE_BATCH)
    if (gone > 0) this.#log.info({ gone }, 'old notifications were deleted')
  }

  erase(userId: UserId): Promise<void> {
    return eraseNotifications(this.#database, userId)
  }

  async #without(actorId: UserId | null, userIds: readonly UserId[]): Promise<UserId[]> {
    if (actorId === null) return [...userIds]
    const deaf = new Set([actorId, ...(await this.#blocks.blockersAmong(actorId, userIds))])
    return userIds.filter((userId) => !deaf.has(userId))
  }

  #tell(userIds: readonly UserId[], fact: Omit<NotificationView, 'id' | 'read'> & { key: string }): void {
    for (let from = 0; from < userIds.length; from += ROOMS) this.#sockets.to(userIds.slice(from, from + ROOMS).map(userRoom)).emit('notified', fact)
  }
}
