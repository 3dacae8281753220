// FLV for HTTP-FLV players and, with classic codecs, for ffmpeg.
import { flvHeader, flvTagBytes } from '../flv/writeFlv.ts'
import type { ContainerFormat } from './ContainerFormat.ts'
import type { HubTag } from './HubTag.ts'
import type { StreamConfig } from './StreamConfig.ts'

export class FlvFormat implements ContainerFormat {
  readonly demuxer = 'flv'

  begin(config: StreamConfig): Buffer {
    const first = [config.metadata, config.video?.header, config.audio?.header].filter((tag) => tag !== undefined)
    // Before anything is known both are promised: players ignore a track that the header leaves out.
    const unknown = config.audio === undefined && config.video === undefined
    const header = flvHeader({ audio: unknown || config.audio !== undefined, video: unknown || config.video !== undefined })
    return Buffer.concat([header, ...first.map((tag) => flvTagBytes({ ...tag, timestamp: 0 }))])
  }

  write({ tag }: HubTag, timestamp: number): Buffer {
    return flvTagBytes({ ...tag, timestamp })
  }
}
