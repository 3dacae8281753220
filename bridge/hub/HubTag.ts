// A tag together with what it is to a stream: the unit that hubs, caches and writers pass on.
import type { AudioTagDescription, VideoTagDescription } from '../flv/describeTag.ts'
import { describeAudio, describeVideo } from '../flv/describeTag.ts'
import type { FlvTag } from '../flv/FlvTag.ts'

/** `header`: a decoder configuration. `frame` of video: not decodable without the frames since the last keyframe. */
export type HubTag = MetadataTag | VideoTag | AudioTag
export type MetadataTag = { readonly tag: FlvTag; readonly role: 'metadata' }
export type VideoTag = { readonly tag: FlvTag; readonly role: 'video-header' | 'keyframe' | 'video'; readonly video: VideoTagDescription }
export type AudioTag = { readonly tag: FlvTag; readonly role: 'audio-header' | 'audio'; readonly audio: AudioTagDescription }

/** Sorts a tag; undefined for those that carry no media (ends of sequence, colour metadata, garbage). */
export function classifyTag(tag: FlvTag): HubTag | undefined {
  if (tag.type === 'script') return { tag, role: 'metadata' }
  return tag.type === 'video' ? classifyVideo(tag) : classifyAudio(tag)
}

function classifyVideo(tag: FlvTag): HubTag | undefined {
  const video = describeVideo(tag.data)
  if (video === undefined || video.bodyOffset >= tag.data.length) return undefined
  if (video.kind === 'sequence') return { tag, role: 'video-header', video }
  if (video.kind === 'keyframe') return { tag, role: 'keyframe', video }
  return video.kind === 'inter' ? { tag, role: 'video', video } : undefined
}

function classifyAudio(tag: FlvTag): HubTag | undefined {
  const audio = describeAudio(tag.data)
  if (audio === undefined || audio.bodyOffset >= tag.data.length) return undefined
  if (audio.kind === 'sequence') return { tag, role: 'audio-header', audio }
  return audio.kind === 'frame' ? { tag, role: 'audio', audio } : undefined
}
