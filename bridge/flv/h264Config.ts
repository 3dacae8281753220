/** Decides from an H.264 sequence header alone whether browsers can be sent the picture as it is. */

/** What the first SPS of an AVCDecoderConfigurationRecord says (ISO 14496-15 5.2.4.1, ITU-T H.264 7.3.2.1.1). */
export type H264Config = {
  readonly profileIdc: number;
  /** constraint_set0_flag is the highest bit. */
  readonly constraintFlags: number;
  /** level_idc: 31 is level 3.1. */
  readonly level: number;
  readonly profile: 'baseline' | 'constrained-baseline' | 'main' | 'extended' | 'high' | 'high-10' | 'high-4:2:2' | 'high-4:4:4' | 'other';
  /** Cropped picture size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly chromaFormat: '4:0:0' | '4:2:0' | '4:2:2' | '4:4:4';
  /** The deeper one of luma and chroma. */
  readonly bitDepth: number;
  readonly numReorderFrames?: number;
  readonly maxDecFrameBuffering?: number;
  readonly nalLengthBytes: number;
  readonly sps: Buffer;
  readonly pps?: Buffer;
};

export type WebrtcVerdict =
  | { readonly copy: true }
  | { readonly copy: false; readonly reason: 'b-frames' | 'profile' | 'chroma' | 'bit-depth' };

/** Reads an AVCDecoderConfigurationRecord (the body of an H.264 sequence header). Throws FlvError. */
export function parseH264Config(record: Buffer): H264Config {
  throw new Error(`not built yet: ${record.length}`);
}

/** Whether WebRTC can take the picture unchanged; `firstFrameCompositionMs` is a keyframe's composition time, above 0 when frames are reordered. */
export function webrtcVerdict(config: H264Config, firstFrameCompositionMs: number): WebrtcVerdict {
  void config;
  void firstFrameCompositionMs;
  return { copy: true };
}
