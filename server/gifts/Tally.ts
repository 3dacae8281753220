// Adds what was sent to the sums, in the background and in batches, so that no sender waits for a row that all of them change.
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import { sumsOf } from './boards.ts'
import type { RankingBook } from './RankingBook.ts'
import { COUNTED_AT_ONCE, countSendings, readSums } from './sumStore.ts'

/** What gathers in that time is added together. */
const GATHER_MS = 250
/** Finds what a server that died had not added. */
const SWEEP_MS = 3000

export type TallyOptions = { readonly database: Database; readonly book: RankingBook; readonly log: Logger; /** The sums of these shows changed. */ readonly onCounted: (shows: ReadonlyMap<ChannelId, BroadcastId>) => void }

export class Tally {
  readonly #options: TallyOptions
  readonly #sweep: NodeJS.Timeout
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #closed = false

  constructor(options: TallyOptions) {
    this.#options = options
    this.#sweep = setInterval(() => this.soon(), SWEEP_MS).unref()
  }

  /** Something was sent. */
  soon(): void {
    if (this.#closed || this.#timer) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.now()
    }, GATHER_MS).unref()
  }

  /** Resolves when all that was sent before is in the sums, or being added by another server. */
  now(): Promise<void> {
    return (this.#running = this.#running.then(() => this.#count()))
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#sweep)
    clearTimeout(this.#timer)
    await this.#running
  }

  async #count(): Promise<void> {
    const { database, book, log, onCounted } = this.#options
    try {
      for (;;) {
        const counted = await countSendings(database)
        if (counted.length > 0) {
          await book.update(await readSums(database, sumsOf(counted)))
          onCounted(new Map(counted.map(({ channelId, broadcastId }) => [channelId, broadcastId])))
        }
        if (counted.length < COUNTED_AT_ONCE) return
      }
    } catch (error) {
      log.warn({ err: error }, 'gifts could not be added up; trying again')
    }
  }
}
