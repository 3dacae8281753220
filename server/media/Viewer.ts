// One WebRTC viewer: a transport out and a consumer for each source.
import type { ConsumerDto, DtlsParametersDto, RtpCapabilitiesDto, TransportDto } from '../contract/media.ts'
import type { MediaClosedReason } from '../contract/sockets.ts'

export type ViewerEvents = {
  /** A new source; its consumer is paused until `resume`. */
  consumerAdded(consumer: ConsumerDto): void
  consumerClosed(consumerId: string): void
  /** The simulcast layer now sent; null: none. */
  layersChanged(consumerId: string, spatialLayer: number | null): void
  /** Not called for the owner's own `close()`. */
  closed(reason: MediaClosedReason): void
}

export type ViewerOptions = { readonly rtpCapabilities: RtpCapabilitiesDto; readonly on: ViewerEvents }

export type ViewerStats = { readonly packets: number; readonly bytes: number; readonly lost: number; readonly retransmitted: number }

export class Viewer {
  readonly transportDto: TransportDto
  /** Those there are now, all paused at the start. */
  readonly consumers: readonly ConsumerDto[] = []

  constructor(o: { dto: TransportDto }) {
    this.transportDto = o.dto
  }
  /** @throws AppError bad-request */
  connect(_dtlsParameters: DtlsParametersDto): Promise<void> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Unknown ids (just closed) are skipped. Asks the source for a keyframe. */
  resume(_consumerIds: readonly string[]): Promise<void> {
    return Promise.reject(new Error('not built yet'))
  }
  /** The highest simulcast layer wanted, also for sources to come. */
  prefer(_spatialLayer: number): Promise<void> {
    return Promise.reject(new Error('not built yet'))
  }
  restartIce(): Promise<TransportDto['iceParameters']> {
    return Promise.reject(new Error('not built yet'))
  }
  stats(): Promise<ViewerStats> {
    return Promise.reject(new Error('not built yet'))
  }
  close(): void {}
}
