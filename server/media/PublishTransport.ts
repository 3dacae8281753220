// A browser's or WHIP client's way in: one WebRTC transport and its producers.
import type { DtlsParametersDto, RtpParametersDto, TransportDto } from '../contract/media.ts'

export class PublishTransport {
  readonly dto: TransportDto

  constructor(o: { dto: TransportDto }) {
    this.dto = o.dto
  }
  /** @throws AppError bad-request */
  connect(_dtlsParameters: DtlsParametersDto): Promise<void> {
    return Promise.reject(new Error('not built yet'))
  }
  /** A further producer of a kind replaces the former. @throws AppError bad-request, unsupported-codecs */
  produce(_o: { kind: 'audio' | 'video'; rtpParameters: RtpParametersDto; paused?: boolean }): Promise<{ producerId: string }> {
    return Promise.reject(new Error('not built yet'))
  }
  /** @throws AppError not-found */
  pauseProducer(_o: { producerId: string; paused: boolean }): Promise<void> {
    return Promise.reject(new Error('not built yet'))
  }
  closeProducer(_producerId: string): void {}
  restartIce(): Promise<TransportDto['iceParameters']> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Resolves when the first RTP packet has come; false when the transport closed before. */
  flowing(): Promise<boolean> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Called once: `ice-failed` (also DTLS), `media-restarted` (worker died), `stopped` (closed by its owner), `replaced` (a newer source). */
  onClosed(_listener: (reason: 'ice-failed' | 'media-restarted' | 'stopped' | 'replaced') => void): void {}
  close(): void {}
}
