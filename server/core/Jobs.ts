// Work that must be done once by whichever server is there: a BullMQ queue and this server's worker on it.
import { Queue, Worker } from 'bullmq'
import type { Logger } from './logger.ts'
import type { Redis } from './openRedis.ts'
import { openRedis } from './openRedis.ts'

/** A job whose work throws is tried again this often, a second later and then twice as long each time. */
const ATTEMPTS = 5
const BACKOFF_MS = 1000
const CLOSE_MS = 4000
/** Finished jobs are remembered so long: their ids are not taken again meanwhile. */
const REMEMBER = { age: 3600, count: 5000 }

/** @param signal aborted when this server goes away: stop at the next good point and throw, another server goes on */
export type Work<T> = (data: T, signal: AbortSignal) => Promise<void>

export type JobsOptions<M extends Record<string, unknown>> = {
  readonly name: string
  readonly redisUrl: string
  /** Keeps the jobs of platforms that share a Redis but not a database apart. */
  readonly databaseUrl: string
  readonly concurrency: number
  readonly work: { readonly [N in keyof M]: Work<M[N]> }
  readonly log: Logger
}

export class Jobs<M extends Record<string, unknown>> {
  readonly #queue: Queue
  readonly #worker: Worker
  readonly #redis: Redis
  readonly #ending = new AbortController()
  #closing: Promise<void> | undefined

  constructor({ name, redisUrl, databaseUrl, concurrency, work, log }: JobsOptions<M>) {
    const warn = (error: Error) => log.debug({ err: error, queue: name }, 'the job queue is out of reach')
    this.#redis = openRedis({ url: redisUrl, patient: true, onError: warn })
    const shared = { connection: this.#redis, prefix: `jobs:${new URL(databaseUrl).pathname.slice(1)}` }
    this.#queue = new Queue(name, { ...shared, defaultJobOptions: { attempts: ATTEMPTS, backoff: { type: 'exponential', delay: BACKOFF_MS }, removeOnComplete: REMEMBER, removeOnFail: true } })
    this.#worker = new Worker(name, async (job) => work[job.name]?.(job.data as M[string], this.#ending.signal), { ...shared, concurrency })
    this.#queue.on('error', warn)
    this.#worker.on('error', warn)
    this.#worker.on('failed', (job, error) => log.warn({ err: error, job: job?.name, id: job?.id, attempt: job?.attemptsMade }, 'a job failed'))
  }

  /** @param id a job of the same id that waits, runs or was done lately makes this one superfluous */
  async add<N extends keyof M & string>(name: N, data: M[N], { id, delayMs = 0 }: { id?: string; delayMs?: number } = {}): Promise<void> {
    await this.#queue.add(name, data, { delay: Math.max(0, delayMs), ...(id === undefined ? {} : { jobId: id }) })
  }

  /**
   * Does it again and again, each time once by whichever server is there. Asking for it again changes nothing, and brings it back to a Redis that was emptied.
   * @param at a cron pattern, in UTC
   */
  async repeat<N extends keyof M & string>(name: N, data: M[N], at: string): Promise<void> {
    await this.#queue.upsertJobScheduler(name, { pattern: at, tz: 'UTC' }, { name, data })
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  async #close(): Promise<void> {
    this.#ending.abort()
    const ended = Promise.allSettled([this.#worker.close(), this.#queue.close()])
    let timer: NodeJS.Timeout | undefined
    await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, CLOSE_MS)))])
    clearTimeout(timer)
    this.#redis.disconnect()
  }
}
