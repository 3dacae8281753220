// Adds up what consumers sent.
import type { ConsumerStat, ProducerStat } from 'mediasoup/types'
import type { SentStats } from './roomStats.ts'

/** @param stats of consumers; those of their producers, which mediasoup mixes in, are left out. */
export function sumSent(stats: readonly (ConsumerStat | ProducerStat)[]): SentStats {
  const sum = { packets: 0, bytes: 0, lost: 0, retransmitted: 0 }
  for (const one of stats) {
    if (one.type !== 'outbound-rtp') continue
    sum.packets += one.packetCount
    sum.bytes += one.byteCount
    sum.lost += Math.max(0, one.packetsLost)
    sum.retransmitted += one.packetsRetransmitted
  }
  return sum
}
