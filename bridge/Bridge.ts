// The one place that builds the bridge from its parts, and takes it down in order.
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { join } from 'node:path'
import type { BridgeAlive, BridgeAliveReply } from '../server/contract/bridgeApi.ts'
import type { BridgeId, BroadcastId } from '../server/contract/ids.ts'
import type { Settings } from '../server/contract/settings.ts'
import { mediaSettings } from './broadcast/MediaSettings.ts'
import { Pipelines } from './broadcast/Pipelines.ts'
import { sweepLive } from './broadcast/sweepLive.ts'
import { warmUpFfmpeg } from './ffmpeg/FfmpegProcess.ts'
import { createBridgeMetrics } from './http/bridgeMetrics.ts'
import type { BridgeMetrics } from './http/bridgeMetrics.ts'
import { createBridgeApp } from './http/createBridgeApp.ts'
import { RtpPackagings } from './ingest/RtpPackagings.ts'
import type { Log } from './Log.ts'
import { RtmpPublications } from './publishing/RtmpPublications.ts'
import { Finisher } from './recording/Finisher.ts'
import { RtmpServer } from './rtmp/RtmpServer.ts'
import { Heartbeat } from './server/Heartbeat.ts'
import { ServerClient } from './server/ServerClient.ts'

export type BridgeOptions = { readonly settings: Settings; readonly bridgeId: BridgeId; readonly log: Log }

const SWEEP_EVERY_MS = 15_000

export class Bridge {
  readonly #options: BridgeOptions
  readonly #pipelines: Pipelines
  readonly #packagings: RtpPackagings
  readonly #publications: RtmpPublications
  readonly #finisher: Finisher
  readonly #metrics: BridgeMetrics
  readonly #heartbeat: Heartbeat
  readonly #rtmp: RtmpServer
  readonly #http: Server
  readonly #ffmpegRestarts = new Map<string, number>()
  #sweeper: NodeJS.Timeout | undefined
  #closing: Promise<void> | undefined

  constructor(options: BridgeOptions) {
    this.#options = options
    const { settings, bridgeId, log } = options
    const media = mediaSettings(settings)
    const server = new ServerClient({ url: settings.SERVER_URL || `http://127.0.0.1:${settings.HTTP_PORT}`, secret: settings.INTERNAL_SECRET })
    const restarted = (role: string) => {
      this.#ffmpegRestarts.set(role, (this.#ffmpegRestarts.get(role) ?? 0) + 1)
      this.#metrics.ffmpegRestarts.inc({ role })
    }
    const notice: ConstructorParameters<typeof Pipelines>[0]['notice'] = (broadcastId, fact) => {
      server.notice(broadcastId, fact).catch((error: unknown) => log.warn({ error: String(error), broadcastId, ...fact }, 'a notice was not delivered'))
    }
    this.#pipelines = new Pipelines({ media, log, notice, onRestart: restarted })
    this.#packagings = new RtpPackagings({
      host: reachableHost(settings),
      pipelines: this.#pipelines,
      log,
      isTaken: (broadcastId) => this.#publications.holds(broadcastId),
      onRestart: () => restarted('ingest'),
      onGiveUp: (broadcastId, reason) => notice(broadcastId, { code: 'packaging-failed', detail: reason }),
    })
    this.#publications = new RtmpPublications({
      bridgeId,
      server,
      pipelines: this.#pipelines,
      log,
      onRelayRestart: () => restarted('relay'),
      onBytes: (bytes) => this.#metrics.bytesIn.inc(bytes),
      onTakeOver: (broadcastId) => this.#stopPackaging(broadcastId),
    })
    this.#finisher = new Finisher({ media, pipelines: this.#pipelines, packagings: this.#packagings, server, log })
    this.#metrics = createBridgeMetrics({
      publishes: () => this.#publications.all.length,
      packagings: () => this.#packagings.broadcastIds.length,
      flvViewers: () => this.#pipelines.all.reduce((sum, { readers }) => sum + readers, 0),
    })
    this.#heartbeat = new Heartbeat({ alive: (report) => server.alive(bridgeId, report), report: () => this.#report(), onReply: (reply) => this.#obey(reply), log })
    this.#rtmp = new RtmpServer({ host: settings.RTMP_HOST, port: settings.RTMP_PORT, log, authorize: this.#publications.authorize })
    const { INTERNAL_SECRET: secret } = settings
    const parts = { pipelines: this.#pipelines, packagings: this.#packagings, publications: this.#publications, finisher: this.#finisher, metrics: this.#metrics }
    this.#http = createServer(createBridgeApp({ secret, ...parts, log }))
  }

  /** Resolves when RTMP and HTTP accept connections. Rejects, with `setting` named on a port that is taken. */
  async start(): Promise<void> {
    const { settings } = this.#options
    await warmUpFfmpeg()
    await withSetting('BRIDGE_PORT', settings.BRIDGE_PORT, () => listen(this.#http, settings.INTERNAL_HOST, settings.BRIDGE_PORT))
    await withSetting('RTMP_PORT', settings.RTMP_PORT, () => this.#rtmp.listen())
    this.#heartbeat.start()
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_EVERY_MS)
    await this.#sweep()
  }

  /** Ends connections, then ffmpegs, then HTTP; recordings are left playable, and finishable. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    clearInterval(this.#sweeper)
    await this.#rtmp.close()
    this.#heartbeat.close()
    // Side by side: a wedged ffmpeg takes seconds to end, and the process has 14 s.
    await Promise.all([this.#publications.close(), this.#packagings.close(), this.#finisher.close()])
    await this.#pipelines.close()
    this.#http.closeAllConnections()
    if (this.#http.listening) await new Promise((resolve) => this.#http.close(resolve))
  }

  #report(): BridgeAlive {
    const { settings } = this.#options
    return {
      url: settings.BRIDGE_URL || `http://${settings.INTERNAL_HOST}:${settings.BRIDGE_PORT}`,
      publishes: this.#publications.all.map((publication) => ({ publishId: publication.publishId, ...publication.measure() })),
      packagings: [...this.#packagings.broadcastIds],
      flv: this.#pipelines.all.map(({ broadcastId, readers: viewers }) => ({ broadcastId, viewers })),
      ffmpegRestarts: Object.fromEntries(this.#ffmpegRestarts),
    }
  }

  #obey({ unknownPublishes, unknownPackagings }: BridgeAliveReply): void {
    for (const publishId of unknownPublishes) void this.#publications.authorizeAgain(publishId)
    for (const broadcastId of unknownPackagings) this.#stopPackaging(broadcastId)
  }

  #stopPackaging(broadcastId: BroadcastId): void {
    this.#packagings.stop(broadcastId).catch((error: unknown) => this.#options.log.error({ error: String(error), broadcastId }, 'a packaging could not be stopped'))
  }

  async #sweep(): Promise<void> {
    const { settings, log } = this.#options
    const inUse = (broadcastId: string) => this.#finisher.busyWith(broadcastId) || this.#pipelines.all.some((pipeline) => pipeline.broadcastId === broadcastId)
    try {
      await this.#pipelines.forgetIdle()
      const removed = await sweepLive({ liveDir: join(mediaSettings(settings).dir, 'live'), inUse })
      if (removed.length > 0) log.info({ removed: removed.length }, 'old live folders removed')
    } catch (error) {
      log.warn({ error: String(error) }, 'old live folders could not be removed')
    }
  }
}

/** Where workers send RTP: a wildcard listens but cannot be sent to. */
function reachableHost({ INTERNAL_HOST, BRIDGE_URL }: Settings): string {
  const wildcard = INTERNAL_HOST === '0.0.0.0' || INTERNAL_HOST === '::'
  return wildcard && BRIDGE_URL ? new URL(BRIDGE_URL).hostname : INTERNAL_HOST
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function withSetting(setting: string, port: number, start: () => Promise<unknown>): Promise<void> {
  try {
    await start()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const why = code === 'EADDRINUSE' ? 'is already taken' : `cannot be listened on (${code ?? String(cause)})`
    throw new Error(`Port ${port} (${setting}) ${why}`, { cause })
  }
}
