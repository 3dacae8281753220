// One mediasoup worker a core, each with its own WebRTC port; a dead one is replaced at once.
import type { Logger } from '../core/logger.ts'
import type { PoolStats } from './roomStats.ts'

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
  /** @throws Error with one clear line when a worker does not start or its port is taken. */
  static create(_options: WorkerPoolOptions): Promise<WorkerPool> {
    return Promise.reject(new Error('not built yet'))
  }
  stats(): Promise<PoolStats> {
    return Promise.reject(new Error('not built yet'))
  }
  close(): Promise<void> {
    return Promise.resolve()
  }
}
