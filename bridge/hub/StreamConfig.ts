// What is known of a stream before its first frame: which codecs, and how their decoders are set up.
import type { AudioCodec, VideoCodec } from '../flv/describeTag.ts'
import type { FlvTag } from '../flv/FlvTag.ts'
import type { AudioTag, HubTag, VideoTag } from './HubTag.ts'

export type StreamConfig = {
  readonly metadata?: FlvTag
  /** `header` is missing for codecs that need none. `setup` is the codec's own configuration record. */
  readonly video?: { readonly codec: VideoCodec; readonly enhanced: boolean; readonly fourCc?: string; readonly header?: FlvTag; readonly setup?: Buffer }
  readonly audio?: { readonly codec: AudioCodec; readonly enhanced: boolean; readonly header?: FlvTag; readonly setup?: Buffer }
}

export type ConfigChange = 'none' | 'added' | 'changed'

/** Takes a tag into account. `added`: something so far unknown. `changed`: decoders and containers must start anew. */
export function learn(config: StreamConfig, tag: HubTag): { readonly config: StreamConfig; readonly change: ConfigChange } {
  if (tag.role === 'metadata') return { config: { ...config, metadata: tag.tag }, change: 'none' }
  return 'video' in tag ? learnVideo(config, tag) : learnAudio(config, tag)
}

function learnVideo(config: StreamConfig, { tag, role, video }: VideoTag): ReturnType<typeof learn> {
  const known = config.video
  if (role !== 'video-header' && known?.codec === video.codec) return { config, change: 'none' }
  const header = role === 'video-header' ? { header: tag, setup: tag.data.subarray(video.bodyOffset) } : {}
  const next = { codec: video.codec, enhanced: video.enhanced, fourCc: video.fourCc, ...header }
  return { config: { ...config, video: next }, change: compare(known, next) }
}

function learnAudio(config: StreamConfig, { tag, role, audio }: AudioTag): ReturnType<typeof learn> {
  const known = config.audio
  if (role !== 'audio-header' && known?.codec === audio.codec) return { config, change: 'none' }
  const header = role === 'audio-header' ? { header: tag, setup: tag.data.subarray(audio.bodyOffset) } : {}
  const next = { codec: audio.codec, enhanced: audio.enhanced, ...header }
  return { config: { ...config, audio: next }, change: compare(known, next) }
}

type Track = { readonly codec: string; readonly setup?: Buffer }
function compare(known: Track | undefined, next: Track): ConfigChange {
  if (known === undefined) return 'added'
  const same = known.codec === next.codec && (known.setup === undefined ? next.setup === undefined : next.setup?.equals(known.setup))
  return same ? 'none' : 'changed'
}
