// How tags are written down for a reader; picked by what the reader understands.
import type { HubTag } from './HubTag.ts'
import type { StreamConfig } from './StreamConfig.ts'

export type ContainerFormat = {
  /** ffmpeg's name of the demuxer for it. */
  readonly demuxer: 'flv' | 'matroska'
  /** What a reader needs first. */
  begin(config: StreamConfig): Buffer
  /** A tag at `timestamp` ms; undefined when this container has no place for it. */
  write(tag: HubTag, timestamp: number): Buffer | undefined
}
