// The routers of one room: viewers are seated on the origin until it is full, then on further workers; empty ones are released.
import type { CodecPayloadTypes } from '../../worker-config/codecs.ts'
import type { Logger } from '../core/logger.ts'
import { RoomRouter } from './RoomRouter.ts'
import type { Fed } from './RoomRouter.ts'
import type { Source } from './Source.ts'
import type { PooledWorker } from './PooledWorker.ts'
import type { WorkerPool } from './WorkerPool.ts'

type Options = { readonly pool: WorkerPool; readonly origin: RoomRouter; readonly viewersPerRouter: number; readonly sources: () => readonly Source[]; readonly log: Logger }

/** A router, or one that is being opened; `seats` counts viewers and those on their way. */
type Branch = { readonly worker: PooledWorker; readonly dialect: string; readonly opening: Promise<RoomRouter>; router?: RoomRouter; seats: number }

export type Seat = { readonly router: RoomRouter; leave(): void }

export class Cascade {
  readonly #o: Options
  readonly #branches: Branch[]
  #closed = false

  constructor(o: Options) {
    this.#o = o
    this.#branches = [{ worker: o.origin.worker, dialect: '', opening: Promise.resolve(o.origin), router: o.origin, seats: 0 }]
  }

  get routers(): readonly RoomRouter[] {
    return this.#branches.flatMap(({ router }) => (router === undefined ? [] : [router]))
  }

  get viewerCount(): number {
    return this.#branches.reduce((sum, { seats }) => sum + seats, 0)
  }

  /** @param payloadTypes what a player of an SDP offer insists on; without them the platform's own. */
  async seat(viewer: Fed, payloadTypes?: CodecPayloadTypes): Promise<Seat> {
    const branch = this.#choose(payloadTypes)
    branch.seats += 1
    try {
      const router = await branch.opening
      router.addViewer(viewer)
      let left = false
      const leave = () => {
        if (left) return
        left = true
        router.removeViewer(viewer)
        this.#release(branch)
      }
      return { router, leave }
    } catch (error) {
      this.#release(branch)
      throw error
    }
  }

  async addSource(source: Source): Promise<void> {
    await Promise.all(this.routers.map((router) => router.addSource(source)))
  }

  close(): void {
    this.#closed = true
    for (const router of this.routers) router.close()
    this.#branches.length = 0
  }

  #choose(payloadTypes: CodecPayloadTypes | undefined): Branch {
    const dialect = payloadTypes === undefined ? '' : JSON.stringify([payloadTypes.opus, payloadTypes.h264, payloadTypes.vp8])
    const same = this.#branches.filter((branch) => branch.dialect === dialect && branch.worker.alive)
    const roomy = same.find(({ seats }) => seats < this.#o.viewersPerRouter)
    if (roomy !== undefined) return roomy
    const worker = this.#o.pool.pick((candidate) => same.some((branch) => branch.worker === candidate))
    if (worker !== undefined) return this.#open(worker, dialect, payloadTypes)
    // Every worker has its share: the emptiest takes more.
    const emptiest = same.toSorted((a, b) => a.seats - b.seats)[0]
    if (emptiest === undefined) throw new Error('no router to seat a viewer on')
    return emptiest
  }

  #open(worker: PooledWorker, dialect: string, payloadTypes: CodecPayloadTypes | undefined): Branch {
    const branch: Branch = { worker, dialect, seats: 0, opening: Promise.resolve().then(() => this.#start(branch, payloadTypes)) }
    this.#branches.push(branch)
    branch.opening.catch(() => this.#forget(branch))
    return branch
  }

  async #start(branch: Branch, payloadTypes: CodecPayloadTypes | undefined): Promise<RoomRouter> {
    const { worker, dialect } = branch
    const router = await RoomRouter.branch({ worker, dialect, payloadTypes, origin: this.#o.origin.router })
    try {
      if (this.#closed) throw new Error('the room was closed meanwhile')
      // From here on it also gets sources that come while the present ones are piped.
      branch.router = router
      await Promise.all(this.#o.sources().map((source) => router.addSource(source)))
      this.#o.log.info({ worker: worker.index, dialect: dialect === '' ? 'own' : dialect }, 'a further router serves this room')
      return router
    } catch (error) {
      router.close()
      throw error
    }
  }

  #release(branch: Branch): void {
    branch.seats -= 1
    const isOrigin = branch.router === this.#o.origin
    if (branch.seats > 0 || isOrigin || branch.router === undefined) return
    this.#forget(branch)
    branch.router.close()
  }

  #forget(branch: Branch): void {
    const index = this.#branches.indexOf(branch)
    if (index >= 0) this.#branches.splice(index, 1)
  }
}
