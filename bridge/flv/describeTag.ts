/** Reads what a tag carries without decoding it, so that hubs, caches and transcoding verdicts need no ffmpeg. */

export type VideoCodec = 'h264' | 'hevc' | 'av1' | 'vp9' | 'other';

/** What a video tag's header says. */
export type VideoTagDescription = {
  readonly codec: VideoCodec;
  /** The four characters of an enhanced header (`hvc1`, `av01` …). */
  readonly fourCc?: string;
  readonly kind: 'sequence' | 'keyframe' | 'inter' | 'end' | 'metadata';
  /** Presentation minus decoding time, ms; 0 where the format has none. */
  readonly compositionTimeMs: number;
  /** True for an enhanced RTMP header. */
  readonly enhanced: boolean;
  /** Where the codec's own bytes start in the tag body. */
  readonly bodyOffset: number;
};

export type AudioCodec = 'aac' | 'mp3' | 'opus' | 'ac3' | 'eac3' | 'flac' | 'pcm' | 'speex' | 'g711' | 'other';

/** What an audio tag's header says. */
export type AudioTagDescription = {
  readonly codec: AudioCodec;
  readonly fourCc?: string;
  readonly kind: 'sequence' | 'frame' | 'end' | 'metadata';
  readonly enhanced: boolean;
  readonly bodyOffset: number;
};

/** Describes a video tag body; undefined when it is too short to tell. Never throws. */
export function describeVideo(data: Buffer): VideoTagDescription | undefined {
  void data;
  return undefined;
}

/** Describes an audio tag body; undefined when it is too short to tell. Never throws. */
export function describeAudio(data: Buffer): AudioTagDescription | undefined {
  void data;
  return undefined;
}
