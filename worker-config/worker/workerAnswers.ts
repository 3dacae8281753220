/** A binary that is there may still not run here (another libc, a library upgraded away): only a worker that answers counts. */
import { spawn } from 'node:child_process'
import { createWorker } from 'mediasoup'

/** mediasoup-worker's exit code when it was not started by mediasoup (`src/main.cpp`): the binary and its libraries load. */
const NOT_STARTED_BY_MEDIASOUP = 41

/** Quick look (about 10 ms): does the binary load at all? */
export async function workerLoads(bin: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(bin, [], { env: {}, stdio: 'ignore', timeout: 5000 })
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === NOT_STARTED_BY_MEDIASOUP))
  })
}

/** Starts a worker from the binary and has it make a router and report its use. Resolves to the reason when it does not answer. */
export async function workerAnswers(bin: string): Promise<{ ok: true } | { ok: false; reason: string }> {
  if (!(await workerLoads(bin))) {
    return { ok: false, reason: 'it does not start' }
  }
  try {
    const worker = await createWorker({ workerBin: bin, logLevel: 'none' })
    try {
      const codecs = [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 }] as const
      await worker.createRouter({ mediaCodecs: [...codecs] })
      await worker.getResourceUsage()
    } finally {
      worker.close()
    }
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
