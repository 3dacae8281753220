// Keeps what can be found true to what there is: at once when this platform changes it, and by looking again from time to time.
import type { Channels } from '../../channels/Channels.ts'
import type { UserId } from '../../contract/ids.ts'
import type { Logger } from '../../core/logger.ts'
import type { Database } from '../../db/openDatabase.ts'
import type { Bus } from '../../realtime/Bus.ts'
import { takeTurn } from '../takeTurn.ts'
import { documentsAfter, documentsOf, dropOrphans, missingDocuments, putDocuments } from './searchStore.ts'
import type { DocumentKind } from './searchStore.ts'

/** New users and replays are found this much later at worst; lost words of changes, after `FULL_EVERY` turns. */
const TURN_MS = 15_000
const FULL_EVERY = 240
const kinds: readonly DocumentKind[] = ['channel', 'person', 'replay']

export type SearchIndexDeps = { readonly database: Database; readonly channels: Channels; readonly bus: Bus; readonly log: Logger }

export class SearchIndex {
  readonly #deps: SearchIndexDeps
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> = Promise.resolve()

  constructor(deps: SearchIndexDeps) {
    this.#deps = deps
    deps.channels.on('changed', this.#channelChanged)
    deps.bus.on('user-changed', this.#userChanged)
    this.#timer = setInterval(() => this.#run(() => this.#takeTurn()), TURN_MS).unref()
    this.#run(() => this.fillGaps())
  }

  /** Adds what has no document yet. */
  async fillGaps(): Promise<void> {
    const { database } = this.#deps
    for (const kind of kinds) {
      for (let found = await missingDocuments(database, kind); found.length > 0; found = await missingDocuments(database, kind)) await putDocuments(database, found)
    }
  }

  /** Compares every document with its subject. */
  async rebuild(): Promise<void> {
    const { database } = this.#deps
    for (const kind of kinds) {
      let after = ''
      for (;;) {
        const batch = await documentsAfter(database, kind, after)
        await putDocuments(database, batch)
        const last = batch.at(-1)
        if (!last) break
        after = last.subject
      }
    }
    await dropOrphans(database)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#deps.channels.off('changed', this.#channelChanged)
    this.#deps.bus.off('user-changed', this.#userChanged)
    await this.#running
  }

  readonly #channelChanged = ({ channelId }: { channelId: string }): void => {
    this.#run(async () => putDocuments(this.#deps.database, await documentsOf(this.#deps.database, 'channel', [channelId])))
  }

  readonly #userChanged = ({ userId }: { userId: UserId }): void => {
    this.#run(async () => {
      const { database, channels } = this.#deps
      const owned = await channels.ownedBy(userId)
      await putDocuments(database, [...(await documentsOf(database, 'person', [userId])), ...(owned ? await documentsOf(database, 'channel', [owned.id]) : [])])
    })
  }

  async #takeTurn(): Promise<void> {
    const turn = Math.floor(Date.now() / TURN_MS)
    if (!(await takeTurn(this.#deps.database, 'search', turn))) return
    await (turn % FULL_EVERY === 0 ? this.rebuild() : this.fillGaps())
  }

  /** One step after another; one that fails is made up for by the next turn. */
  #run(step: () => Promise<void>): void {
    this.#running = this.#running.then(step).catch((error: unknown) => this.#deps.log.warn({ err: error }, 'the search index could not be brought up to date'))
  }
}
