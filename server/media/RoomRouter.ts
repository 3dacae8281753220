// One router of a room: the origin, or one that gets the origin's sources piped and serves further viewers.
import type { Producer, Router } from 'mediasoup/types'
import { routerCodecs } from '../../worker-config/codecs.ts'
import type { CodecPayloadTypes } from '../../worker-config/codecs.ts'
import { internalListenInfo } from '../../worker-config/internalListenInfo.ts'
import type { PooledWorker } from './PooledWorker.ts'
import type { Source } from './Source.ts'

/** What a router is told of its viewers: enough to keep them fed. */
export type Fed = { sourceAdded(): Promise<void>; lost(): void }

/** A source as this router has it. */
export type LocalSource = { readonly source: Source; readonly producer: Producer }

export class RoomRouter {
  readonly worker: PooledWorker
  readonly router: Router
  /** Which payload types it speaks: `''` for the constants of worker-config. */
  readonly dialect: string
  readonly #origin: Router | undefined
  readonly #sources = new Map<string, LocalSource>()
  /** Ids of the sources that are here or on their way. */
  readonly #known = new Set<string>()
  readonly #viewers = new Set<Fed>()
  #closed = false

  private constructor(o: { worker: PooledWorker; router: Router; dialect: string; origin?: Router }) {
    this.worker = o.worker
    this.router = o.router
    this.dialect = o.dialect
    this.#origin = o.origin
    this.router.once('workerclose', () => this.#lose())
  }

  static async origin(worker: PooledWorker): Promise<RoomRouter> {
    return new RoomRouter({ worker, router: await worker.createRouter(), dialect: '' })
  }

  static async branch(o: { worker: PooledWorker; origin: Router; dialect: string; payloadTypes: CodecPayloadTypes | undefined }): Promise<RoomRouter> {
    const router = await o.worker.createRouter(o.payloadTypes === undefined ? undefined : routerCodecs(o.payloadTypes))
    return new RoomRouter({ worker: o.worker, router, dialect: o.dialect, origin: o.origin })
  }

  get viewerCount(): number {
    return this.#viewers.size
  }

  get sources(): readonly LocalSource[] {
    return [...this.#sources.values()].filter(({ producer }) => !producer.closed)
  }

  addViewer(viewer: Fed): void {
    if (this.#viewers.has(viewer)) return
    this.#viewers.add(viewer)
    this.worker.viewers += 1
  }

  removeViewer(viewer: Fed): void {
    if (this.#viewers.delete(viewer)) this.worker.viewers -= 1
  }

  /** Makes a source of the room available here and tells the viewers. A source this router cannot speak is left out. */
  async addSource(source: Source): Promise<void> {
    if (this.#closed || source.producer.closed || this.#known.has(source.producer.id)) return
    this.#known.add(source.producer.id)
    const producer = this.#origin === undefined ? source.producer : await this.#pipe(this.#origin, source)
    if (producer === undefined) return
    this.#sources.set(source.producer.id, { source, producer })
    producer.observer.once('close', () => this.#sources.delete(source.producer.id))
    await Promise.all([...this.#viewers].map((viewer) => viewer.sourceAdded()))
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.worker.viewers -= this.#viewers.size
    this.#viewers.clear()
    this.router.close()
  }

  async #pipe(origin: Router, source: Source): Promise<Producer | undefined> {
    try {
      // A new id, because a router of another dialect may share the origin's worker.
      const { pipeProducer } = await origin.pipeToRouter({ producerId: source.producer.id, router: this.router, keepId: false, enableSctp: false, listenInfo: internalListenInfo('127.0.0.1') })
      return pipeProducer
    } catch (error) {
      if (source.producer.closed || this.router.closed) return undefined
      if (error instanceof Error && error.name === 'UnsupportedError') return undefined
      throw error
    }
  }

  #lose(): void {
    for (const viewer of [...this.#viewers]) viewer.lost()
    this.close()
  }
}
