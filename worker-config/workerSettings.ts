// How a mediasoup worker is started: what it logs, and nothing else that could differ between machines.
import type { WorkerSettings } from 'mediasoup/types'

/** @param workerBin path of the binary; empty: the one that came with the npm package. */
export function workerSettings(workerBin: string): WorkerSettings {
  return {
    logLevel: 'warn',
    // Only what an operator can act on: the rest comes for every lossy viewer.
    logTags: ['info', 'dtls', 'srtp'],
    ...(workerBin === '' ? {} : { workerBin }),
  }
}
