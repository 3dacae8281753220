// Where plain and pipe transports open their ports: away from the WebRTC ports, which must be free again when a worker is replaced.
import type { TransportListenInfo } from 'mediasoup/types'

const portRange = { min: 48_000, max: 58_000 }

/** @param ip an address of this machine that only our own processes use */
export function internalListenInfo(ip: string): TransportListenInfo {
  return { protocol: 'udp', ip, portRange }
}
