// Keeps a broadcast's HLS going: a new run for each source, each changed picture format and each ffmpeg that died.
import { join } from 'node:path'
import type { BridgeNotice } from '../../server/contract/bridgeApi.ts'
import { Supervised } from '../ffmpeg/Supervised.ts'
import type { RestartBudget } from '../ffmpeg/Supervised.ts'
import type { FlvHub } from '../hub/FlvHub.ts'
import { isFrame } from '../hub/FlvHub.ts'
import type { HubTag } from '../hub/HubTag.ts'
import type { SourceFacts } from '../hub/videoFacts.ts'
import type { Log } from '../Log.ts'
import { audioReady, decideRelay, videoReady } from '../relay/relayDecision.ts'
import type { Announced, RelayDecision } from '../relay/relayDecision.ts'
import type { HlsSegment } from './HlsSegment.ts'
import type { LiveFolder } from './LiveFolder.ts'
import { PackagerRun } from './PackagerRun.ts'

export type PackagerOptions = {
  readonly hub: FlvHub
  readonly live: LiveFolder
  readonly segmentSeconds: number
  readonly log: Log
  readonly facts: () => SourceFacts
  readonly announced: () => Announced
  readonly notice: (notice: BridgeNotice) => void
  /** Each finished and listed segment, in order. Must not reject. */
  readonly onSegment: (segment: HlsSegment) => Promise<void>
  readonly onRestart?: () => void
  readonly budget?: Partial<RestartBudget>
}

const LOOK_EVERY_MS = 150
/** A run that starts without a track must be followed by another with it: HLS can wait for slow encoders. */
const WAIT_ANNOUNCED_MS = 4_000

/** `start` and `stop` may alternate; `stop` finishes the segment at hand. */
export class Packager {
  readonly #options: PackagerOptions
  readonly #supervised: Supervised
  #unsubscribe: (() => void) | undefined
  #pending = false
  #firstMediaAt: number | undefined
  #current: { readonly decision: RelayDecision; readonly run?: PackagerRun } | undefined
  #generation = 0
  /** Runs whose segments are not all listed yet, oldest first. */
  #runs: PackagerRun[] = []
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #stopping: Promise<void> = Promise.resolve()
  #loaded = false

  constructor(options: PackagerOptions) {
    this.#options = options
    this.#supervised = new Supervised({
      start: () => this.#wait(),
      onRestart: (delayMs, reason) => {
        options.onRestart?.()
        options.log.info({ role: 'packager', delayMs, reason }, 'restarting ffmpeg')
      },
      onGiveUp: (reason) => options.notice({ code: 'packaging-failed', detail: reason }),
      budget: options.budget,
    })
  }

  /** ffmpeg's process id while it runs. */
  get pid(): number | undefined {
    return this.#current?.run?.pid
  }

  /** Packages what the hub has from now on. */
  async start(): Promise<void> {
    if (this.#unsubscribe) return
    const { hub, live, log } = this.#options
    const unsubscribe = hub.subscribe({ onTag: (tag) => this.#onTag(tag), onConfig: (_config, change) => void (change === 'changed' && this.nextRun()) })
    this.#unsubscribe = unsubscribe
    await this.#stopping
    if (this.#unsubscribe !== unsubscribe) return
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS)
    await live.load().catch((error: unknown) => log.error({ error: String(error) }, 'the live folder cannot be read'))
    if (this.#unsubscribe !== unsubscribe) return
    this.#loaded = true
    this.#supervised.start()
  }

  /** Ends this run and begins another with what comes: another source, or another picture format. */
  nextRun(): void {
    if (!this.#loaded) return
    this.#leave()
    this.#firstMediaAt = undefined
    this.#supervised.start()
  }

  /** Ends the run; resolves when its last segment is listed. Idempotent. */
  stop(): Promise<void> {
    if (!this.#unsubscribe) return this.#stopping
    this.#unsubscribe()
    this.#unsubscribe = undefined
    this.#loaded = false
    this.#supervised.stop()
    this.#pending = false
    this.#leave()
    this.#firstMediaAt = undefined
    clearInterval(this.#timer)
    return (this.#stopping = this.#stopping.then(() => this.#drain()))
  }

  async #drain(): Promise<void> {
    await Promise.all(this.#runs.map((run) => run.finish()))
    while (this.#runs.length > 0) await this.#look()
  }

  #leave(): void {
    this.#generation += 1
    void this.#current?.run?.finish()
    this.#current = undefined
  }

  #wait(): void {
    this.#pending = true
    this.#consider()
  }

  #onTag(tag: HubTag): void {
    if (isFrame(tag)) this.#firstMediaAt ??= performance.now()
    if (!this.#loaded) return
    if (this.#pending) return this.#consider()
    const { hub } = this.#options
    const decision = this.#current?.decision
    if (decision && ((!decision.video && videoReady(hub)) || (!decision.audio && audioReady(hub)))) this.nextRun()
  }

  #consider(): void {
    const { hub, announced } = this.#options
    const elapsedMs = this.#firstMediaAt === undefined ? 0 : performance.now() - this.#firstMediaAt
    const decision = decideRelay({ config: hub.config, cached: hub.cached, announced: announced(), elapsedMs, reordered: false, waitAnnouncedMs: WAIT_ANNOUNCED_MS })
    if (decision === undefined) return
    this.#pending = false
    this.#current = { decision }
    void this.#launch(decision, this.#generation)
  }

  async #launch(decision: RelayDecision, generation: number): Promise<void> {
    const { hub, live, log, segmentSeconds, facts } = this.#options
    const name = await live.nextRun()
    if (generation !== this.#generation) return
    const { video, audio } = hub.config
    const plan = {
      video: decision.video ? { transcode: video?.codec !== 'h264', height: facts().height } : null,
      audio: decision.audio ? { transcode: audio?.codec !== 'aac' } : null,
      segmentSeconds,
    }
    const run = new PackagerRun({ name, folder: join(live.folder, name), hub, plan, log, onExit: (reason) => this.#ended(generation, reason) })
    this.#current = { decision, run }
    this.#runs.push(run)
    await run.start().catch((error: unknown) => {
      void run.finish()
      this.#ended(generation, error instanceof Error ? error.message : String(error))
    })
  }

  #ended(generation: number, reason: string): void {
    if (generation !== this.#generation) return
    this.#leave()
    this.#supervised.failed(reason)
  }

  /** Lists what was finished since the last look; one look at a time. */
  async #look(): Promise<void> {
    if (this.#looking) await this.#looking
    else await (this.#looking = this.#list().finally(() => (this.#looking = undefined)))
  }

  async #list(): Promise<void> {
    for (let run = this.#runs[0]; run !== undefined; run = this.#runs[0]) {
      const exited = run.exited
      for (const segment of await run.collect()) await this.#listOne(run.name, segment)
      // A run that had exited before we looked has nothing more; the next one may be listed.
      if (!exited) return
      this.#runs.shift()
    }
  }

  async #listOne(run: string, segment: Parameters<LiveFolder['add']>[1]): Promise<void> {
    const { live, log, onSegment } = this.#options
    try {
      await onSegment(await live.add(run, segment))
    } catch (error) {
      log.warn({ error: String(error), run, file: segment.file }, 'a segment could not be listed')
    }
  }
}
