// Facts that must be told because what they tell of was committed: written in the same transaction, told afterwards at least once.
import type { Knex } from 'knex'
import type { OutboxFacts } from '../contract/outbox.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from './openDatabase.ts'
import { transact } from './transact.ts'

/** How long one has to tell what it took; then another tries. */
const LEASE_MS = 15_000
const SWEEP_MS = 1000
const AT_ONCE = 100
/** A fact that cannot be told is tried again after so long, doubled each time up to a minute; it is never given up. */
const RETRY_MS = 500
const LONGEST_RETRY_MS = 60_000

export type OutboxTopic = keyof OutboxFacts
type Row = { id: string | number; topic: OutboxTopic; payload: string; attempts: number }
type Handler = (fact: never) => Promise<void>

export class Outbox {
  readonly #database: Database
  readonly #log: Logger
  readonly #handlers = new Map<OutboxTopic, Handler>()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #again = false
  #closed = false

  constructor({ database, log }: { database: Database; log: Logger }) {
    this.#database = database
    this.#log = log
  }

  /** Who tells the facts of a topic: it may be called again with the same fact, and at the same time on another server. */
  on<T extends OutboxTopic>(topic: T, handler: (fact: OutboxFacts[T]) => Promise<void>): void {
    if (this.#handlers.has(topic)) throw new Error(`Two handlers of ${topic}`)
    this.#handlers.set(topic, handler as Handler)
  }

  /** @param transaction the one that changes what the fact tells of; call `nudge` after its commit */
  async write<T extends OutboxTopic>(transaction: Knex.Transaction, topic: T, fact: OutboxFacts[T]): Promise<void> {
    const now = Date.now()
    await transaction('outbox').insert({ topic, payload: JSON.stringify(fact), due_at: new Date(now), created_at: new Date(now) })
  }

  /** Begins to look for facts of servers that died before they told them. */
  start(): void {
    this.#timer ??= setInterval(() => this.nudge(), SWEEP_MS).unref()
  }

  /** Tells what waits, now. */
  nudge(): void {
    if (this.#closed) return
    this.#again = true
    this.#running ??= this.#run().finally(() => (this.#running = undefined))
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false
      try {
        const rows = await this.#take()
        if (rows.length === AT_ONCE) this.#again = true
        await Promise.all(rows.map((row) => this.#tell(row)))
      } catch (error) {
        this.#log.warn({ err: error }, 'the outbox could not be read')
      }
    }
  }

  async #take(): Promise<Row[]> {
    const topics = [...this.#handlers.keys()]
    if (topics.length === 0) return []
    const now = new Date()
    return transact(this.#database, async (transaction) => {
      const rows = (await transaction('outbox').whereIn('topic', topics).where('due_at', '<=', now).orderBy('id').limit(AT_ONCE).forUpdate().skipLocked().select('id', 'topic', 'payload', 'attempts')) as Row[]
      if (rows.length > 0) await transaction('outbox').whereIn('id', rows.map(({ id }) => id)).update({ due_at: new Date(now.getTime() + LEASE_MS) })
      return rows
    })
  }

  async #tell({ id, topic, payload, attempts }: Row): Promise<void> {
    try {
      await this.#handlers.get(topic)?.(JSON.parse(payload) as never)
      await this.#database('outbox').where({ id }).delete()
    } catch (error) {
      this.#log.warn({ err: error, topic, attempts }, 'a fact could not be told and waits')
      const pause = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.min(attempts, 10))
      await this.#database('outbox').where({ id }).update({ attempts: attempts + 1, due_at: new Date(Date.now() + pause) })
    }
  }
}
