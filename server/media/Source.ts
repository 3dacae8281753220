// One stream that comes into a room, on its origin router.
import type { Producer } from 'mediasoup/types'

export type Source = { readonly producer: Producer; readonly kind: 'audio' | 'video'; readonly codec: 'h264' | 'vp8' | 'opus'; readonly layers: number }

/** At most one keyframe a second is asked of a source, however many viewers want one; the worker joins later askers into one at its end. */
export const KEY_FRAME_REQUEST_DELAY_MS = 1_000

export function describeSource(producer: Producer): Source {
  const mimeType = producer.rtpParameters.codecs[0]?.mimeType.toLowerCase() ?? ''
  const codec = mimeType === 'video/h264' ? 'h264' : mimeType === 'video/vp8' ? 'vp8' : 'opus'
  return { producer, kind: producer.kind, codec, layers: Math.max(1, producer.rtpParameters.encodings?.length ?? 1) }
}

/** Resolves true at the source's first RTP packet, false when it is closed before. */
export function firstPacket(producer: Producer): Promise<boolean> {
  if (producer.closed) return Promise.resolve(false)
  return new Promise((resolve) => {
    producer.on('trace', (trace) => {
      if (trace.type !== 'rtp') return
      resolve(true)
      // Only refused when the producer or worker is gone, and then there is nothing to stop.
      producer.enableTraceEvent([]).catch(() => undefined)
    })
    producer.observer.once('close', () => resolve(false))
    producer.enableTraceEvent(['rtp']).catch(() => resolve(false))
  })
}
