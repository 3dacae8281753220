// The numbers of a room and of the workers, as the metrics page shows them.

export type ProducerStats = {
  readonly kind: 'audio' | 'video'
  /** Received, summed over the simulcast layers. */
  readonly packets: number
  readonly bytes: number
  /** Bits a second at the moment. */
  readonly bitrate: number
  readonly lost: number
  /** The worst layer's. */
  readonly rttMs: number | null
  /** 0 (worst) to 10, the best layer's. */
  readonly score: number
  /** How often the sender was asked for a keyframe. */
  readonly keyFrameRequests: number
}

export type SentStats = { readonly packets: number; readonly bytes: number; readonly lost: number; readonly retransmitted: number }

export type RoomStats = {
  readonly viewers: number
  readonly routers: number
  /** Viewers since the room was made, those gone included. */
  readonly joins: number
  /** Viewers whose ICE or DTLS never came about. */
  readonly failedJoins: number
  readonly producers: readonly ProducerStats[]
  /** Sent to the viewers who are here now. */
  readonly sent: SentStats
}

export type WorkerStats = {
  readonly index: number
  readonly pid: number
  readonly port: number
  /** Seconds of CPU time, user and system. */
  readonly cpuSeconds: number
  readonly maxRssBytes: number
  /** Broadcasts whose origin is here, and viewers served from here. */
  readonly rooms: number
  readonly viewers: number
}

export type PoolStats = { readonly workers: readonly WorkerStats[]; readonly deaths: number }
