// Every browser or WHIP broadcast that this bridge packages, as the server asked for it.
import type { PackagingRequest, PackagingTargets } from '../../server/contract/bridgeApi.ts'
import type { BroadcastId } from '../../server/contract/ids.ts'
import type { PipelineSource } from '../broadcast/BroadcastPipeline.ts'
import type { Pipelines } from '../broadcast/Pipelines.ts'
import type { Log } from '../Log.ts'
import { BroadcastTakenError } from './BroadcastTakenError.ts'
import { RtpIngest } from './RtpIngest.ts'

export type RtpPackagingsOptions = {
  readonly host: string
  readonly pipelines: Pipelines
  readonly log: Log
  /** Whether an RTMP connection of this bridge feeds the broadcast: it goes before any worker. */
  readonly isTaken: (broadcastId: BroadcastId) => boolean
  readonly onRestart: () => void
  readonly onGiveUp: (broadcastId: BroadcastId, reason: string) => void
}

type Packaging = { readonly ingest: RtpIngest; readonly source: PipelineSource }

export class RtpPackagings {
  readonly #options: RtpPackagingsOptions
  readonly #packagings = new Map<BroadcastId, Packaging>()

  constructor(options: RtpPackagingsOptions) {
    this.#options = options
  }

  get broadcastIds(): readonly BroadcastId[] {
    return [...this.#packagings.keys()]
  }

  /**
   * Takes the place of an earlier packaging of the broadcast. Resolves once the ports listen; rejects when none are free.
   * @throws BroadcastTakenError when RTMP feeds the broadcast, also when it came while the ports were opened
   */
  async start({ broadcastId, record, video, audio }: PackagingRequest): Promise<PackagingTargets> {
    const { host, pipelines, log, isTaken, onRestart, onGiveUp } = this.#options
    if (isTaken(broadcastId)) throw new BroadcastTakenError()
    let source: PipelineSource | undefined
    const ingest = new RtpIngest({
      host,
      request: { video, audio },
      log,
      onTag: (tag) => source?.push(tag),
      onRestart,
      onGiveUp: (reason) => onGiveUp(broadcastId, reason),
    })
    try {
      const targets = await ingest.open()
      if (isTaken(broadcastId)) throw new BroadcastTakenError()
      const former = this.#packagings.get(broadcastId)
      source = pipelines.obtain(broadcastId).attach({ announced: { video: video !== null, audio: audio !== null }, record })
      this.#packagings.set(broadcastId, { ingest, source })
      await former?.ingest.close()
      return targets
    } catch (error) {
      await ingest.close()
      throw error
    }
  }

  /** Stops packaging it; the broadcast may come back. Takes no packet more from the call on. Nothing happens when there is none. */
  async stop(broadcastId: BroadcastId): Promise<void> {
    const packaging = this.#packagings.get(broadcastId)
    this.#packagings.delete(broadcastId)
    await packaging?.ingest.close()
    await packaging?.source.detach()
  }

  async close(): Promise<void> {
    await Promise.all(this.broadcastIds.map((broadcastId) => this.stop(broadcastId)))
  }
}
