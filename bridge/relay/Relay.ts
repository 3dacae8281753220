// RTMP to WebRTC: follows a hub, asks the server where to send, and keeps one ffmpeg sending there.
import { setTimeout as sleep } from 'node:timers/promises'
import type { BridgeNotice, RelayMedia, RelayTargets } from '../../server/contract/bridgeApi.ts'
import type { PublishId } from '../../server/contract/ids.ts'
import { FfmpegProcess } from '../ffmpeg/FfmpegProcess.ts'
import { relayArguments } from '../ffmpeg/relayArguments.ts'
import { Supervised } from '../ffmpeg/Supervised.ts'
import type { RestartBudget } from '../ffmpeg/Supervised.ts'
import type { FlvHub } from '../hub/FlvHub.ts'
import { isFrame } from '../hub/FlvHub.ts'
import type { HubTag } from '../hub/HubTag.ts'
import { TagWriter } from '../hub/TagWriter.ts'
import type { SourceFacts } from '../hub/videoFacts.ts'
import type { Log } from '../Log.ts'
import { formatForFfmpeg } from '../matroska/MatroskaFormat.ts'
import type { Announced, RelayDecision } from './relayDecision.ts'
import { audioReady, decideRelay, videoReady } from './relayDecision.ts'
import { ReorderWatch } from './ReorderWatch.ts'

export type RelayOptions = {
  readonly hub: FlvHub
  readonly log: Log
  readonly facts: () => SourceFacts
  readonly announced: () => Announced
  /** Asks the server; rejects when it cannot or does not know the publish. */
  readonly media: (publishId: PublishId, media: RelayMedia) => Promise<RelayTargets>
  readonly notice: (notice: BridgeNotice) => void
  readonly onRestart?: () => void
  readonly budget?: Partial<RestartBudget>
}

const MAX_BUFFERED_BYTES = 2 * 1024 * 1024
const STALL_MS = 8_000
const ASK_AGAIN_MS = 300

/** Starts with `begin`, may begin again with another publish id, ends with `close`. */
export class Relay {
  readonly #options: RelayOptions
  readonly #supervised: Supervised
  readonly #unsubscribe: () => void
  #reorder = new ReorderWatch()
  #reordered = false
  #publishId: PublishId | undefined
  /** Grows with each start, so that answers to an older one are dropped. */
  #round = 0
  #firstMediaAt: number | undefined
  #running: { readonly decision: RelayDecision; process?: FfmpegProcess; writer?: TagWriter } | undefined
  #pending = false
  #noticed: string | null = null

  constructor(options: RelayOptions) {
    this.#options = options
    this.#supervised = new Supervised({
      start: () => this.#wait(),
      onRestart: (delayMs, reason) => {
        options.onRestart?.()
        options.log.info({ role: 'relay', delayMs, reason }, 'restarting ffmpeg')
      },
      onGiveUp: (reason) => options.notice({ code: 'relay-failed', detail: reason }),
      budget: options.budget,
    })
    this.#unsubscribe = options.hub.subscribe({
      onTag: (tag) => this.#onTag(tag),
      onConfig: (_config, change) => {
        if (change === 'changed') this.#again()
      },
    })
  }

  /** ffmpeg's process id while it runs. */
  get pid(): number | undefined {
    return this.#running?.process?.pid
  }

  /** Relays as this publish from now on; also after the server forgot the former one. */
  begin(publishId: PublishId): void {
    this.#publishId = publishId
    this.#again()
  }

  async close(): Promise<void> {
    this.#unsubscribe()
    this.#supervised.stop()
    this.#publishId = undefined
    this.#pending = false
    await this.#drop()
  }

  #again(): void {
    if (this.#publishId === undefined) return
    void this.#drop()
    this.#supervised.start()
  }

  #wait(): void {
    this.#pending = true
    this.#consider()
  }

  #onTag(tag: HubTag): void {
    if (isFrame(tag)) this.#firstMediaAt ??= performance.now()
    if (!this.#reordered && this.#reorder.sees(tag)) {
      this.#reordered = true
      if (this.#running?.decision.video?.transcodeReason === null) return this.#again()
    }
    if (this.#pending) return this.#consider()
    const decision = this.#running?.decision
    const { hub } = this.#options
    const missed = decision && ((!decision.video && videoReady(hub)) || (!decision.audio && audioReady(hub)))
    if (missed) this.#again()
  }

  #consider(): void {
    const { hub, announced } = this.#options
    const elapsedMs = this.#firstMediaAt === undefined ? 0 : performance.now() - this.#firstMediaAt
    const decision = decideRelay({ config: hub.config, cached: hub.cached, announced: announced(), elapsedMs, reordered: this.#reordered })
    if (decision === undefined) return
    this.#pending = false
    this.#running = { decision }
    void this.#launch(decision, ++this.#round)
  }

  async #launch(decision: RelayDecision, round: number): Promise<void> {
    const targets = await this.#ask(decision, round)
    if (targets === undefined || this.#running === undefined) return
    const { hub, log, facts } = this.#options
    const reason = decision.video?.transcodeReason ?? null
    const video = decision.video && targets.video && { target: targets.video, transcode: reason !== null, height: facts().height }
    const audio = decision.audio && targets.audio ? { target: targets.audio } : null
    if (!video && !audio) return
    const format = formatForFfmpeg(hub.config)
    const commandLine = relayArguments({ demuxer: format.demuxer, video, audio, startTimeUs: Date.now() * 1_000 })
    const process = new FfmpegProcess({ role: 'relay', commandLine, log, stallMs: STALL_MS, onExit: (exit) => this.#exited(round, exit.reason) })
    this.#running.process = process
    process.whenRunning((sink) => {
      if (round !== this.#round || this.#running === undefined) return
      this.#running.writer = new TagWriter({ hub, sink, format, maxBufferedBytes: MAX_BUFFERED_BYTES, cached: 'live', onWrite: () => process.fed() })
    })
    if (reason !== null && reason !== this.#noticed) this.#options.notice({ code: 'transcoding', detail: reason })
    this.#noticed = reason
  }

  async #ask(decision: RelayDecision, round: number): Promise<RelayTargets | undefined> {
    const { facts, media, log } = this.#options
    for (let attempt = 0; round === this.#round && this.#publishId !== undefined; attempt += 1) {
      const { width, height, audioChannels } = facts()
      const video = decision.video && { width, height, transcodeReason: decision.video.transcodeReason }
      try {
        const targets = await media(this.#publishId, { video, audio: decision.audio ? { channels: audioChannels } : null })
        return round === this.#round ? targets : undefined
      } catch (error) {
        // A server that restarts forgets publishes; the heartbeat brings a new one, and `begin` a new round.
        if (attempt === 0) log.warn({ error: String(error) }, 'the server gives the relay no targets yet')
        await sleep(ASK_AGAIN_MS)
      }
    }
    return undefined
  }

  #exited(round: number, reason: string): void {
    if (round !== this.#round || this.#running === undefined) return
    void this.#drop()
    this.#supervised.failed(reason)
  }

  async #drop(): Promise<void> {
    this.#round += 1
    const running = this.#running
    this.#running = undefined
    running?.writer?.close()
    await running?.process?.stop()
  }
}
