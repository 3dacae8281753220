// The numbers of one source, summed over its simulcast layers.
import type { Producer } from 'mediasoup/types'
import type { ProducerStats } from './roomStats.ts'

export async function describeProducer(producer: Producer): Promise<ProducerStats> {
  const layers = await producer.getStats().catch(() => [])
  const sum = (value: (layer: (typeof layers)[number]) => number) => layers.reduce((total, layer) => total + value(layer), 0)
  const rtts = layers.flatMap(({ roundTripTime }) => (roundTripTime === undefined ? [] : [roundTripTime]))
  return {
    kind: producer.kind,
    packets: sum(({ packetCount }) => packetCount),
    bytes: sum(({ byteCount }) => byteCount),
    bitrate: sum(({ bitrate }) => bitrate),
    lost: sum(({ packetsLost }) => Math.max(0, packetsLost)),
    rttMs: rtts.length === 0 ? null : Math.max(...rtts),
    score: layers.reduce((best, { score }) => Math.max(best, score), 0),
    keyFrameRequests: sum(({ pliCount, firCount }) => pliCount + firCount),
  }
}
