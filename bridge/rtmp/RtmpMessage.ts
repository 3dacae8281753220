// One message of the chunk stream and the numbers that name its kinds, shared by reader, writer and session.

/** A whole message, as the chunk stream carries it (RTMP 1.0, section 4.1). */
export type RtmpMessage = {
  readonly type: number
  /** Milliseconds, modulo 2^32. */
  readonly timestamp: number
  readonly streamId: number
  readonly chunkStreamId: number
  readonly payload: Buffer
}

/** Message type ids (RTMP 1.0, sections 5.4, 6.2 and 7.1). */
export const MESSAGE = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowAcknowledgementSize: 5,
  setPeerBandwidth: 6,
  audio: 8,
  video: 9,
  dataAmf3: 15,
  commandAmf3: 17,
  dataAmf0: 18,
  commandAmf0: 20,
  aggregate: 22,
} as const

/** User control events (RTMP 1.0, section 7.1.7). */
export const USER_CONTROL = { streamBegin: 0, pingRequest: 6, pingResponse: 7 } as const

/** Chunk streams we write on: 2 is the protocol's own (section 5.4), the others are custom. */
export const CHUNK_STREAM = { control: 2, command: 3, status: 5 } as const

/** The chunk size both sides start with (section 5.4.1). */
export const INITIAL_CHUNK_BYTES = 128
