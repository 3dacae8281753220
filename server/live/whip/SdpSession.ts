// One WHIP or WHEP session as its HTTP resource sees it.
import type { TransportDto } from '../../contract/media.ts'

export interface SdpSession {
  /** The SDP answer, ready to send. */
  readonly answer: string
  /** Of the ICE session: changes with each restart. */
  readonly iceUsernameFragment: string
  /** SHA-256 of the Bearer token that may change or end it; undefined for none. */
  readonly tokenHash: Buffer | undefined
  /** The client's new ICE session begins. @throws AppError media-unavailable */
  restartIce(clientUsernameFragment: string): Promise<Pick<TransportDto, 'iceParameters' | 'iceCandidates'>>
  /** The client said goodbye. */
  end(): Promise<void>
  /** Called once, however it ends. */
  onClosed(listener: () => void): void
}
