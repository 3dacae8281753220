// One mediasoup worker a core, each with its own WebRTC port; a dead one is replaced at once.
import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { listenInfos } from '../../worker-config/listenInfos.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { PooledWorker } from './PooledWorker.ts'
import type { PoolStats } from './roomStats.ts'

/** A dead worker's port may stay bound for a moment. */
const RETRY_MS = 100
const RETRY_MAX_MS = 2_000

export type WorkerPoolOptions = {
  /** Workers to run, at least 1. */
  readonly size: number
  /** Path of the mediasoup-worker binary; empty: mediasoup's own. */
  readonly workerBin: string
  readonly webRtc: { readonly listenIp: string; readonly port: number; readonly announcedAddress: string }
  /** Address (or name) of the plain RTP ports between bridge and workers. */
  readonly internalHost: string
  readonly log: Logger
  readonly onWorkerDied?: (died: { pid: number; index: number }) => void
}

export class WorkerPool {
  /** The IP address that plain transports listen on. */
  readonly internalIp: string
  readonly #options: WorkerPoolOptions
  readonly #workers: (PooledWorker | undefined)[]
  readonly #closing = new AbortController()
  readonly #replacing = new Set<Promise<void>>()
  #deaths = 0

  private constructor(options: WorkerPoolOptions, internalIp: string) {
    this.#options = options
    this.internalIp = internalIp
    this.#workers = Array.from({ length: Math.max(1, options.size) }, () => undefined)
  }

  /** @throws Error with one clear line when a worker does not start or its port is taken. */
  static async create(options: WorkerPoolOptions): Promise<WorkerPool> {
    const { address } = await lookup(options.internalHost, { family: 4 })
    const pool = new WorkerPool(options, address)
    const started = await Promise.allSettled(pool.#workers.map((_, index) => pool.#start(index)))
    const failed = started.find((one) => one.status === 'rejected')
    if (failed === undefined) return pool
    await pool.close()
    const { port } = options.webRtc
    const range = pool.#workers.length === 1 ? `port ${port}` : `ports ${port} to ${port + pool.#workers.length - 1}`
    throw new Error(`The mediasoup workers did not start (WebRTC ${range}, UDP and TCP): ${String((failed.reason as Error).message ?? failed.reason)}`, { cause: failed.reason })
  }

  /**
   * The least loaded living worker that `refuse` allows, if any.
   * @throws AppError media-unavailable when every worker is dead at the moment
   */
  pick(refuse: (worker: PooledWorker) => boolean = () => false): PooledWorker | undefined {
    const living = this.#workers.filter((worker) => worker?.alive === true) as PooledWorker[]
    if (living.length === 0) throw new AppError('media-unavailable', { message: 'no media worker is running at the moment' })
    return living.filter((worker) => !refuse(worker)).toSorted((a, b) => a.load - b.load)[0]
  }

  async stats(): Promise<PoolStats> {
    const stats = await Promise.allSettled(this.#workers.map((worker) => worker?.alive === true ? worker.stats() : Promise.reject(new Error('dead'))))
    return { workers: stats.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), deaths: this.#deaths }
  }

  /** Stops every worker and resolves when the processes are gone. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#replacing)
    await Promise.all(this.#workers.map((worker) => worker?.close()))
  }

  async #start(index: number): Promise<void> {
    const { webRtc, workerBin } = this.#options
    const port = webRtc.port + index
    const addresses = Object.entries(networkInterfaces()).flatMap(([name, list = []]) => list.map((one) => ({ ...one, name })))
    const worker = await PooledWorker.start({
      index,
      port,
      workerBin,
      listenInfos: listenInfos({ ...webRtc, port, addresses }),
      onDied: (error) => this.#onDied(worker, error),
    })
    this.#workers[index] = worker
  }

  #onDied(worker: PooledWorker, error: Error): void {
    this.#workers[worker.index] = undefined
    if (this.#closing.signal.aborted) return
    this.#deaths += 1
    this.#options.log.error({ err: error, pid: worker.pid, worker: worker.index }, 'a media worker died and is replaced')
    const replacing = this.#replace(worker.index).finally(() => this.#replacing.delete(replacing))
    this.#replacing.add(replacing)
    this.#options.onWorkerDied?.({ pid: worker.pid, index: worker.index })
  }

  async #replace(index: number): Promise<void> {
    for (let wait = RETRY_MS; !this.#closing.signal.aborted; wait = Math.min(wait * 2, RETRY_MAX_MS)) {
      try {
        await this.#start(index)
        this.#options.log.info({ worker: index, pid: this.#workers[index]?.pid }, 'a media worker was replaced')
        return
      } catch (error) {
        this.#options.log.warn({ err: error, worker: index }, 'a media worker could not be replaced yet')
        await sleep(wait, undefined, { signal: this.#closing.signal }).catch(() => undefined)
      }
    }
  }
}
