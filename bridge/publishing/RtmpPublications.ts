// Every RTMP connection that may publish: asks the server for each, ends them when it says so, survives its restarts.
import type { BridgeId, BroadcastId, PublishId } from '../../server/contract/ids.ts'
import type { Pipelines } from '../broadcast/Pipelines.ts'
import type { Log } from '../Log.ts'
import type { AuthorizePublish, RtmpPublisher, RtmpPublishGrant, RtmpPublishRequest, RtmpPublishEnd } from '../rtmp/RtmpPublish.ts'
import { ServerCallError } from '../server/ServerClient.ts'
import type { ServerClient } from '../server/ServerClient.ts'
import { untilDone } from '../server/untilDone.ts'
import { RtmpPublication } from './RtmpPublication.ts'

export type RtmpPublicationsOptions = {
  readonly bridgeId: BridgeId
  readonly server: ServerClient
  readonly pipelines: Pipelines
  readonly log: Log
  readonly onRelayRestart: () => void
  /** Media bytes as they come in. */
  readonly onBytes: (bytes: number) => void
  /** A connection feeds this broadcast from now on: called before its first tag. */
  readonly onTakeOver: (broadcastId: BroadcastId) => void
}

/** An encoder waits this long for its answer while the server comes up, ms. */
const AUTHORIZE_WITHIN_MS = 8_000

export class RtmpPublications {
  readonly #options: RtmpPublicationsOptions
  readonly #publications = new Set<RtmpPublication>()
  readonly #asking = new Set<RtmpPublication>()
  readonly #ending = new Set<Promise<void>>()
  #closed = false

  constructor(options: RtmpPublicationsOptions) {
    this.#options = options
  }

  get all(): readonly RtmpPublication[] {
    return [...this.#publications]
  }

  /** Whether a connection of this bridge feeds the broadcast. */
  holds(broadcastId: BroadcastId): boolean {
    return this.#of(broadcastId).length > 0
  }

  readonly authorize: AuthorizePublish = async (request: RtmpPublishRequest, publisher: RtmpPublisher): Promise<RtmpPublishGrant> => {
    const { server, pipelines, log, onRelayRestart, onTakeOver, onBytes, bridgeId } = this.#options
    const { streamKey, remoteAddress } = request
    const ask = () => server.publish({ bridgeId, streamKey, remoteAddress })
    const grant = await untilDone(ask, { giveUpAfterMs: AUTHORIZE_WITHIN_MS })
    if (this.#closed) throw new Error('this server is shutting down')
    const superseded = this.#of(grant.broadcastId)
    const publication = new RtmpPublication({ publisher, streamKey, grant, pipelines, server, log, onRelayRestart })
    for (const older of superseded) void older.supersede()
    this.#publications.add(publication)
    // After the new source is heard: the packager goes on, only the former source leaves.
    onTakeOver(grant.broadcastId)
    log.info({ broadcastId: grant.broadcastId, publishId: grant.publishId, channel: grant.channel }, 'publish granted')
    return {
      onTag: (tag) => {
        onBytes(tag.data.length)
        publication.push(tag)
      },
      onMetadata: (metadata) => publication.describe(metadata),
      onClosed: (end) => this.#closedBy(publication, end),
    }
  }

  /** Ends the connection of this publish; false when there is none. */
  end(publishId: PublishId, reason: string): boolean {
    const publication = this.all.find((candidate) => candidate.publishId === publishId)
    publication?.publisher.close(reason)
    return publication !== undefined
  }

  /** The server does not know this publish (any more): asks again with the key of the connection, which stays open. */
  async authorizeAgain(publishId: PublishId): Promise<void> {
    const publication = this.all.find((candidate) => candidate.publishId === publishId)
    if (!publication || this.#asking.has(publication)) return
    this.#asking.add(publication)
    const { server, log, bridgeId, onTakeOver } = this.#options
    try {
      const { streamKey, publisher, broadcastId: resumes } = publication
      const grant = await server.publish({ bridgeId, streamKey, remoteAddress: publisher.remoteAddress, resumes })
      if (!this.#publications.has(publication)) return
      log.info({ broadcastId: grant.broadcastId, publishId: grant.publishId, former: publishId }, 'publish granted again')
      const rebound = publication.rebind(grant)
      onTakeOver(grant.broadcastId)
      await rebound
    } catch (error) {
      if (error instanceof ServerCallError && !error.passing) publication.publisher.close(error.message)
      else log.warn({ error: String(error), publishId }, 'the server could not grant the publish again yet')
    } finally {
      this.#asking.delete(publication)
    }
  }

  /** Resolves when all that has ended is told and put away. The connections themselves are the RTMP server's to close. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled([...this.#ending])
  }

  #of(broadcastId: BroadcastId): RtmpPublication[] {
    return this.all.filter((publication) => publication.broadcastId === broadcastId)
  }

  #closedBy(publication: RtmpPublication, end: RtmpPublishEnd): void {
    this.#publications.delete(publication)
    const ending = this.#end(publication, end).finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
  }

  async #end(publication: RtmpPublication, end: RtmpPublishEnd): Promise<void> {
    const { server, log } = this.#options
    const { publishId } = publication
    const closing = publication.close()
    const tell = () => server.ended(publishId, end)
    await untilDone(tell, { giveUpAfterMs: this.#closed ? 1_000 : 60_000 }).catch((error: unknown) => {
      if (error instanceof ServerCallError && error.status === 404) return
      log.warn({ error: String(error), publishId }, 'the end of a publish was not delivered')
    })
    await closing
  }
}
