// One mediasoup worker process with its WebRTC port, and how busy it is.
import { createWorker } from 'mediasoup'
import type { Router, WebRtcServer, Worker } from 'mediasoup/types'
import type { TransportListenInfo } from 'mediasoup/types'
import { mediaCodecs } from '../../worker-config/codecs.ts'
import { workerSettings } from '../../worker-config/workerSettings.ts'
import type { RouterRtpCodecCapability } from 'mediasoup/types'
import type { WorkerStats } from './roomStats.ts'

/** A room's own cost beside its viewers', counted in viewers. */
const ROOM_WEIGHT = 5

type Options = { readonly index: number; readonly port: number; readonly workerBin: string; readonly listenInfos: TransportListenInfo[]; readonly onDied: (error: Error) => void }

export class PooledWorker {
  readonly index: number
  readonly port: number
  /** Kept by rooms: how many have their origin here, and how many viewers are served from here. */
  rooms = 0
  viewers = 0
  readonly #worker: Worker
  readonly #webRtcServer: WebRtcServer

  private constructor(o: Options, worker: Worker, webRtcServer: WebRtcServer) {
    this.index = o.index
    this.port = o.port
    this.#worker = worker
    this.#webRtcServer = webRtcServer
  }

  /** @throws Error when the process does not start or a port is taken (then nothing is left running). */
  static async start(o: Options): Promise<PooledWorker> {
    const worker = await createWorker(workerSettings(o.workerBin))
    try {
      const webRtcServer = await worker.createWebRtcServer({ listenInfos: o.listenInfos })
      worker.on('died', o.onDied)
      return new PooledWorker(o, worker, webRtcServer)
    } catch (error) {
      worker.close()
      throw error
    }
  }

  get pid(): number {
    return this.#worker.pid
  }

  get alive(): boolean {
    return !this.#worker.closed
  }

  get webRtcServer(): WebRtcServer {
    return this.#webRtcServer
  }

  get load(): number {
    return this.viewers + this.rooms * ROOM_WEIGHT
  }

  createRouter(codecs: RouterRtpCodecCapability[] = mediaCodecs): Promise<Router> {
    return this.#worker.createRouter({ mediaCodecs: codecs })
  }

  async stats(): Promise<WorkerStats> {
    const usage = await this.#worker.getResourceUsage()
    return {
      index: this.index,
      pid: this.pid,
      port: this.port,
      cpuSeconds: (usage.ru_utime + usage.ru_stime) / 1000,
      // getrusage(2) gives kilobytes on Linux.
      maxRssBytes: usage.ru_maxrss * 1024,
      rooms: this.rooms,
      viewers: this.viewers,
    }
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    if (this.#worker.subprocessClosed) return
    const gone = new Promise<void>((resolve) => this.#worker.once('subprocessclose', resolve))
    this.#worker.close()
    await gone
  }
}
