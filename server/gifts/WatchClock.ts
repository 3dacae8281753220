// Gives people who watch a host their time: sampled once a minute by one server for all.
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'
import type { ViewerCount } from '../live/ViewerCount.ts'
import { addWatchTime } from './fanStore.ts'
import type { FanKey } from './fanStore.ts'

export const WATCH_SAMPLE_SECONDS = 60
/** People of one channel that get their time. */
const COUNTED = 50_000

export type WatchClockOptions = { readonly database: Database; readonly directory: LiveDirectory; readonly viewers: ViewerCount; readonly log: Logger }

export class WatchClock {
  readonly #options: WatchClockOptions
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> = Promise.resolve()

  constructor(options: WatchClockOptions) {
    this.#options = options
    this.#timer = setInterval(() => {
      this.#running = this.sample().then(
        () => undefined,
        (error: unknown) => options.log.warn({ err: error }, 'the time that fans watched could not be noted'),
      )
    }, WATCH_SAMPLE_SECONDS * 1000).unref()
  }

  /** Notes who watches now, unless another server has this minute. @returns whether this one did */
  async sample(now = Date.now()): Promise<boolean> {
    const { database, directory, viewers } = this.#options
    const live = (await directory.all()).filter(({ broadcast }) => broadcast.state === 'live')
    const fans: FanKey[] = []
    for (const { channelId, channel } of live) {
      const { ids } = await viewers.peopleOf(channelId, COUNTED)
      for (const userId of ids) if (userId !== channel.ownerId) fans.push({ channelId, userId })
    }
    const turn = Math.floor(now / (WATCH_SAMPLE_SECONDS * 1000))
    return transact(
      database,
      async (transaction) => {
        const taken = await transaction('task_turns').where({ task: 'fans' }).where('turn', '<', turn).update({ turn })
        if (taken === 1) await addWatchTime(transaction, fans, WATCH_SAMPLE_SECONDS, new Date(now))
        return taken === 1
      },
      { isolation: 'read committed' },
    )
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }
}
