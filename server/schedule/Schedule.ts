// Commands on announced shows: announce, change, cancel, and set a reminder; who waits for a show is told what becomes of it.
import type { Channel } from '../channels/channelStore.ts'
import { UPCOMING_MAX } from '../contract/schedule.ts'
import type { ShowView } from '../contract/schedule.ts'
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { NotificationKind, Notifications } from '../notify/Notifications.ts'
import { addReminder, cancelShow, dueAt, eraseReminders, findShow, insertShow, lockUpcoming, remindedOf, removeReminder, updateShow, viewShows } from './showStore.ts'
import type { Show } from './showStore.ts'

export type ScheduleOptions = {
  readonly database: Database
  readonly notifications: Notifications
  /** Somebody waits for something at that time. */
  readonly onDue: (show: Show, at: Date) => void
  readonly log: Logger
}

export class Schedule {
  readonly #options: ScheduleOptions

  constructor(options: ScheduleOptions) {
    this.#options = options
  }

  upcoming(channel: Channel, me: UserId | undefined): Promise<ShowView[]> {
    return viewShows(this.#options.database, { channelId: channel.id }, me)
  }

  /** @throws AppError limit-reached */
  async announce(channel: Channel, { title, startsAt }: { title: string; startsAt: string }): Promise<ShowView> {
    const id = newId()
    await transact(this.#options.database, async (transaction) => {
      if ((await lockUpcoming(transaction, channel.id)) >= UPCOMING_MAX) throw new AppError('limit-reached', { message: `At most ${UPCOMING_MAX} shows can be announced at once` })
      await insertShow(transaction, { id, channelId: channel.id, title, startsAt: new Date(startsAt) })
    })
    return this.#view(id, channel.ownerId)
  }

  /** @throws AppError show-not-found, forbidden */
  async change(id: string, ownerId: UserId, { title, startsAt }: { title?: string | undefined; startsAt?: string | undefined }): Promise<ShowView> {
    const show = await this.#owned(id, ownerId)
    const moved = startsAt !== undefined && Date.parse(startsAt) !== show.startsAt.getTime()
    await transact(this.#options.database, (transaction) => updateShow(transaction, show, { ...(title === undefined ? {} : { title }), ...(moved ? { startsAt: new Date(startsAt) } : {}) }))
    if (moved) {
      const changed = { ...show, title: title ?? show.title, startsAt: new Date(startsAt) }
      this.#options.onDue(changed, dueAt(changed.startsAt, new Date()))
      await this.#tell(changed, 'show-changed')
    }
    return this.#view(id, ownerId)
  }

  /** @throws AppError show-not-found, forbidden */
  async cancel(id: string, ownerId: UserId): Promise<void> {
    const show = await this.#owned(id, ownerId)
    if (await cancelShow(this.#options.database, show)) await this.#tell(show, 'show-cancelled')
  }

  /** @throws AppError show-not-found */
  async remind(id: string, userId: UserId, wanted: boolean): Promise<ShowView> {
    const show = await this.#find(id)
    if (wanted) {
      await addReminder(this.#options.database, show, userId)
      this.#options.onDue(show, dueAt(show.startsAt, new Date()))
    } else await removeReminder(this.#options.database, show, userId)
    return this.#view(id, userId)
  }

  erase(userId: UserId): Promise<void> {
    return eraseReminders(this.#options.database, userId)
  }

  async #tell(show: Show, kind: NotificationKind): Promise<void> {
    const { database, notifications, log } = this.#options
    try {
      const key = `${kind}-${show.id}-${show.startsAt.getTime()}`
      await notifications.add({ kind, userIds: await remindedOf(database, show), actorId: show.ownerId, channelId: show.channelId, text: show.title, link: `/c/${show.channel}`, key })
    } catch (error) {
      // The change itself stands.
      log.error({ err: error, showId: show.id }, 'who waits for a show was not told of its change')
    }
  }

  async #view(id: string, me: UserId): Promise<ShowView> {
    const [view] = await viewShows(this.#options.database, { id }, me)
    if (!view) throw new AppError('show-not-found')
    return view
  }

  async #owned(id: string, ownerId: UserId): Promise<Show> {
    const show = await this.#find(id)
    if (show.ownerId !== ownerId) throw new AppError('forbidden', { message: 'Only the host of the show may do this' })
    return show
  }

  async #find(id: string): Promise<Show> {
    const show = await findShow(this.#options.database, id)
    if (!show) throw new AppError('show-not-found', { message: 'There is no such show, or it was cancelled' })
    return show
  }
}
