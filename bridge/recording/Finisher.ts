// Finishes broadcasts when the server says they are over: one at a time, each once, reported until the server has heard.
import type { FinishRequest, ReplayFinished } from '../../server/contract/bridgeApi.ts'
import type { BroadcastId } from '../../server/contract/ids.ts'
import { endLive } from '../broadcast/BroadcastPipeline.ts'
import { liveFolder, recordingFolder } from '../broadcast/MediaSettings.ts'
import type { MediaSettings } from '../broadcast/MediaSettings.ts'
import type { Pipelines } from '../broadcast/Pipelines.ts'
import type { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import type { RtpPackagings } from '../ingest/RtpPackagings.ts'
import type { Log } from '../Log.ts'
import type { ServerClient } from '../server/ServerClient.ts'
import { untilDone } from '../server/untilDone.ts'
import { finishRecording } from './finishRecording.ts'

export type FinisherOptions = {
  readonly media: MediaSettings
  readonly pipelines: Pipelines
  readonly packagings: RtpPackagings
  readonly server: ServerClient
  readonly log: Log
}

const REPORT_FOR_MS = 10 * 60_000

export class Finisher {
  readonly #options: FinisherOptions
  readonly #running = new Map<BroadcastId, Promise<void>>()
  readonly #stopped = new AbortController()
  /** Making MP4s must not take the machine from live broadcasts: one after the other. */
  #queue: Promise<unknown> = Promise.resolve()
  #process: FfmpegProcess | undefined

  constructor(options: FinisherOptions) {
    this.#options = options
  }

  /** Whether a broadcast is being finished now. */
  busyWith(broadcastId: string): boolean {
    return this.#running.has(broadcastId as BroadcastId)
  }

  /** Begins to finish a broadcast; a finish that runs already is joined. Resolves when it is reported. Never rejects. */
  finish(broadcastId: BroadcastId, request: FinishRequest): Promise<void> {
    const running = this.#running.get(broadcastId)
    if (running) return running
    const finish = this.#finish(broadcastId, request)
      .catch((error: unknown) => {
        if (!this.#stopped.signal.aborted) this.#options.log.error({ error: String(error), broadcastId }, 'a broadcast could not be finished')
      })
      .finally(() => this.#running.delete(broadcastId))
    this.#running.set(broadcastId, finish)
    return finish
  }

  /** Leaves unfinished what is unfinished: another life finishes it. */
  async close(): Promise<void> {
    this.#stopped.abort(new Error('the bridge is shutting down'))
    await this.#process?.stop()
    await Promise.allSettled([...this.#running.values()])
  }

  async #finish(broadcastId: BroadcastId, { record }: FinishRequest): Promise<void> {
    const { media, pipelines, packagings, log } = this.#options
    await packagings.stop(broadcastId)
    await pipelines.remove(broadcastId)
    await endLive(media, broadcastId)
    if (!record) return
    const { signal } = this.#stopped
    // In order, and beside the work: viewers need not wait for the MP4.
    let told: Promise<unknown> = Promise.resolve()
    await finishRecording({
      liveFolder: liveFolder(media, broadcastId),
      folder: recordingFolder(media, broadcastId),
      log,
      signal,
      onOutcome: (outcome) => {
        told = told.then(() => this.#report(broadcastId, outcome))
      },
      inTurn: (task) => this.#inTurn(task),
      onProcess: (process) => {
        this.#process = process
        if (signal.aborted) void process.stop()
      },
    })
    await told
  }

  async #report(broadcastId: BroadcastId, outcome: ReplayFinished): Promise<void> {
    const { server, log } = this.#options
    const { signal } = this.#stopped
    log.info({ broadcastId, ...outcome }, 'recording finished')
    await untilDone(() => server.replay(broadcastId, outcome), { giveUpAfterMs: REPORT_FOR_MS, everyMs: 1_000, signal }).catch((error: unknown) => {
      if (!signal.aborted) log.error({ error: String(error), broadcastId }, 'the server did not take the news of a replay')
    })
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}
