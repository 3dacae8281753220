// Facts that must be told because what they tell of was committed: written in the same transaction, told afterwards at least once.
import type { Knex } from 'knex'
import type { OutboxFacts } from '../contract/outbox.ts'
import { isUnreachable } from '../core/isUnreachable.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from './openDatabase.ts'
import { eraseFacts, insertFact, postponeFact, renewLeases, takeDue } from './outboxRows.ts'
import type { OutboxRow, OutboxTopic } from './outboxRows.ts'
import { TopicTeller } from './TopicTeller.ts'

/** How long one has to tell what it took, or to say that it still does; then another tries. */
const LEASE_MS = 3000
const SWEEP_MS = 1000
const TAKEN_AT_ONCE = 200
/** A topic with so many that wait takes no more for now. */
const WAITING = 5000
/** Facts that were told are erased several at a time. */
const ERASE_MS = 100
/** A fact that cannot be told is tried again after so long, doubled each time up to a minute; it is never given up. */
const RETRY_MS = 500
const LONGEST_RETRY_MS = 60_000
const CLOSE_MS = 3000

export class Outbox {
  readonly #database: Database
  readonly #log: Logger
  readonly #tellers = new Map<OutboxTopic, TopicTeller<OutboxRow>>()
  /** What this server took, until it is erased or put off, with the time at which its lease was last renewed. */
  readonly #mine = new Map<string, number>()
  readonly #told: string[] = []
  #timer: NodeJS.Timeout | undefined
  #eraser: NodeJS.Timeout | undefined
  #sweeping: Promise<void> | undefined
  #again = false
  #away = false
  #closing: Promise<void> | undefined

  constructor({ database, log }: { database: Database; log: Logger }) {
    this.#database = database
    this.#log = log
  }

  /**
   * Who tells the facts of a topic. It is called again with a fact when it threw, when its server died, and when it took longer than 15 s; at times by two
   * servers; and in no order: of two facts about one thing, look up what is true now.
   */
  on<T extends OutboxTopic>(topic: T, handler: (fact: OutboxFacts[T]) => Promise<void>): void {
    if (this.#tellers.has(topic)) throw new Error(`Two handlers of ${topic}`)
    this.#tellers.set(
      topic,
      new TopicTeller({
        tell: ({ payload }) => handler(JSON.parse(payload) as OutboxFacts[T]),
        onTold: ({ id }) => this.#erase(id),
        onFailed: (row, error) => this.#putOff(row, error),
      }),
    )
  }

  /**
   * Where the topic has a handler here, it is told as soon as the transaction is committed; else by another server, within a second.
   * @param transaction the one that changes what the fact tells of
   */
  async write<T extends OutboxTopic>(transaction: Knex.Transaction, topic: T, fact: OutboxFacts[T]): Promise<void> {
    const teller = this.#closing ? undefined : this.#tellers.get(topic)
    const payload = JSON.stringify(fact)
    const id = await insertFact(transaction, { topic, payload, leaseMs: teller ? LEASE_MS : 0 })
    if (!teller) return
    const committed = () => this.#accept({ id, topic, payload, attempts: 0 })
    void outermost(transaction).executionPromise.then(committed, () => undefined)
  }

  /** Begins to look for facts that nobody tells: of servers that died, and those put off. */
  start(): void {
    this.#timer ??= setInterval(() => this.#look(), SWEEP_MS).unref()
    this.#look()
  }

  #look(): void {
    if (this.#closing) return
    this.#again = true
    this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = undefined))
  }

  /** What was begun is ended, within bounds; what waits is left to others. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  async #close(): Promise<void> {
    clearInterval(this.#timer)
    let timer: NodeJS.Timeout | undefined
    const ended = Promise.all([this.#sweeping, ...[...this.#tellers.values()].map((teller) => teller.stop())])
    await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_MS)))])
    clearTimeout(timer)
    clearTimeout(this.#eraser)
    await this.#eraseTold().catch((error: unknown) => this.#complain(error))
  }

  /** Tells a fact of this server's own, or one it took. */
  #accept(row: OutboxRow): void {
    const teller = this.#tellers.get(row.topic)
    if (this.#closing || !teller || teller.waiting >= WAITING || this.#mine.has(row.id)) return
    this.#mine.set(row.id, Date.now())
    teller.add(row)
  }

  async #sweep(): Promise<void> {
    while (this.#again && !this.#closing) {
      this.#again = false
      try {
        await this.#eraseTold()
        await this.#keepLeases()
        const topics = [...this.#tellers].filter(([, { waiting }]) => waiting < TAKEN_AT_ONCE).map(([topic]) => topic)
        const rows = await takeDue(this.#database, { topics, limit: TAKEN_AT_ONCE, leaseMs: LEASE_MS })
        for (const row of rows) this.#accept(row)
        if (rows.length === TAKEN_AT_ONCE) this.#again = true
        if (this.#away) this.#log.info('the outbox is back in reach')
        this.#away = false
      } catch (error) {
        this.#complain(error)
      }
    }
  }

  /** What is still being told is not for others to take. */
  async #keepLeases(): Promise<void> {
    const now = Date.now()
    const old = [...this.#mine].filter(([, since]) => now - since > LEASE_MS / 3).map(([id]) => id)
    await renewLeases(this.#database, old, LEASE_MS)
    for (const id of old) if (this.#mine.has(id)) this.#mine.set(id, now)
  }

  #erase(id: string): void {
    this.#told.push(id)
    this.#eraser ??= setTimeout(() => {
      this.#eraser = undefined
      this.#eraseTold().catch((error: unknown) => this.#complain(error))
    }, ERASE_MS).unref()
  }

  /** @throws what the database says; they are kept for the next time */
  async #eraseTold(): Promise<void> {
    const ids = this.#told.splice(0)
    try {
      await eraseFacts(this.#database, ids)
    } catch (error) {
      this.#told.push(...ids)
      throw error
    }
    for (const id of ids) this.#mine.delete(id)
  }

  #putOff({ id, topic, attempts }: OutboxRow, error: unknown): void {
    const level = isUnreachable(error) ? 'debug' : 'warn'
    this.#log[level]({ err: error, topic, attempts }, 'a fact could not be told and waits')
    const waitMs = Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** Math.min(attempts, 10))
    postponeFact(this.#database, { id, attempts: attempts + 1, waitMs })
      // Where that fails its lease runs out, which comes to the same.
      .catch((failure: unknown) => this.#complain(failure))
      .finally(() => this.#mine.delete(id))
  }

  #complain(error: unknown): void {
    const level = this.#away && isUnreachable(error) ? 'debug' : 'warn'
    this.#away = isUnreachable(error)
    this.#log[level]({ err: error }, 'the outbox is out of reach')
  }
}

/** A savepoint that is released is not committed yet. */
function outermost(transaction: Knex.Transaction): Knex.Transaction {
  let outer = transaction
  while (outer.parentTransaction) outer = outer.parentTransaction
  return outer
}
