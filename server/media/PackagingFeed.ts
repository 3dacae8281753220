// A browser's or WHIP client's media on its way to the bridge's packaging ffmpeg, as plain RTP.
import type { PackagingTargets, RtpTrack } from '../contract/bridgeApi.ts'

export class PackagingFeed {
  /** What will be sent; null for a kind the room has not. */
  readonly video: RtpTrack | null = null
  readonly audio: RtpTrack | null = null

  connect(_targets: PackagingTargets): Promise<void> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Lets the media flow and asks for a keyframe now and every segment. */
  resume(): Promise<void> {
    return Promise.reject(new Error('not built yet'))
  }
  /** Called once: sources or the simulcast layer changed, or a source closed: close this feed, open another and package anew. */
  onChanged(_listener: () => void): void {}
  close(): void {}
}
