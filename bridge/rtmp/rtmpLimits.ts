// Every bound that keeps one RTMP connection, or many, from taking the bridge's memory or time.

export type RtmpLimits = {
  /** Time from accepting a connection until its publish was granted, ms. */
  readonly publishTimeoutMs: number
  /** Longest time without a single byte from the client, ms. */
  readonly silenceTimeoutMs: number
  /** How long a client may take to close after it was told why, ms. */
  readonly lingerMs: number
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
  /** Largest message of an accepted publisher, bytes. */
  readonly maxMessageBytes: number
  /** Largest message before the publish was granted, bytes. */
  readonly maxMessageBytesBeforePublish: number
  /** Memory for all unfinished messages of one connection, bytes. */
  readonly maxAssemblingBytes: number
  /** The same before the publish was granted, bytes. */
  readonly maxAssemblingBytesBeforePublish: number
  /** Largest chunk size a client may set, bytes. */
  readonly maxChunkBytes: number
  /** Chunk streams one connection may use. */
  readonly maxChunkStreams: number
  /** Replies a client has not read yet, bytes. */
  readonly maxUnsentBytes: number
}

/** Generous for 4K encoders (a 50 Mbit/s keyframe is about 2 MB), tight for everybody not yet let in. */
export const DEFAULT_RTMP_LIMITS: RtmpLimits = {
  publishTimeoutMs: 10_000,
  silenceTimeoutMs: 15_000,
  lingerMs: 1_000,
  maxConnections: 1_000,
  maxConnectionsPerAddress: 32,
  maxMessageBytes: 8 * 1024 * 1024,
  maxMessageBytesBeforePublish: 64 * 1024,
  maxAssemblingBytes: 12 * 1024 * 1024,
  maxAssemblingBytesBeforePublish: 128 * 1024,
  maxChunkBytes: 1024 * 1024,
  maxChunkStreams: 64,
  maxUnsentBytes: 64 * 1024,
}
