// The one currency of media inside the bridge: RTMP ingest and the RTP ingest make it, every pipeline eats it.

/** A media or script tag as FLV and RTMP carry it; `data` is the tag body, owned by whoever receives the tag. */
export type FlvTag = {
  readonly type: 'audio' | 'video' | 'script'
  /** Decoding time in milliseconds; 32-bit wraps are already unwrapped, never negative. */
  readonly timestamp: number
  readonly data: Buffer
}
