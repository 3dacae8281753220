// Size and rate of the picture as far as headers and the encoder's own metadata tell.
import { parseH264Config } from '../flv/h264Config.ts'
import type { StreamConfig } from './StreamConfig.ts'

export type SourceFacts = { readonly width: number; readonly height: number; readonly frameRate: number; readonly audioChannels: number }

/** 0 where unknown. `metadata` is a decoded onMetaData object, whatever it holds. */
export function sourceFacts(config: StreamConfig, metadata: Readonly<Record<string, unknown>>): SourceFacts {
  const number = (name: string, max: number) => {
    const value = metadata[name]
    return typeof value === 'number' && value > 0 && value <= max ? value : 0
  }
  const size = h264Size(config) ?? { width: Math.round(number('width', 16_384)), height: Math.round(number('height', 16_384)) }
  const channels = aacChannels(config) ?? (metadata['stereo'] === false ? 1 : 2)
  return { ...size, frameRate: number('framerate', 240), audioChannels: channels }
}

function h264Size({ video }: StreamConfig): { width: number; height: number } | undefined {
  if (video?.codec !== 'h264' || video.setup === undefined) return undefined
  try {
    const { width, height } = parseH264Config(video.setup)
    return { width, height }
  } catch {
    // An unreadable SPS has no size to tell; the relay's verdict deals with the stream itself.
    return undefined
  }
}

/** channelConfiguration of an AudioSpecificConfig (ISO 14496-3 1.6.2.1) with a plain 4-bit sampling index. */
function aacChannels({ audio }: StreamConfig): number | undefined {
  if (audio?.codec !== 'aac' || audio.setup === undefined || audio.setup.length < 2) return undefined
  const bits = audio.setup.readUInt16BE(0)
  const explicitRate = ((bits >> 7) & 15) === 15
  const channels = explicitRate ? 0 : (bits >> 3) & 15
  return channels >= 1 && channels <= 8 ? channels : undefined
}
