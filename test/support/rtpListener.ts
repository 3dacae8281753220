// Receives RTP the way a mediasoup plain transport does, and remembers what came.
import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { parseRtpPacket } from '../../bridge/ingest/rtpPacket.ts'
import type { RtpPacket } from '../../bridge/ingest/rtpPacket.ts'
import type { RelayTarget } from '../../server/contract/bridgeApi.ts'
import { freePort } from './freePorts.ts'

export type RtpListener = {
  readonly target: RelayTarget
  readonly packets: readonly (RtpPacket & { readonly at: number; readonly bytes: number })[]
  readonly rtcp: readonly Buffer[]
  clear(): void
  close(): void
}

export async function listenRtp(payloadType: number, ssrc: number): Promise<RtpListener> {
  const rtpPort = await freePort(2)
  const packets: (RtpPacket & { at: number; bytes: number })[] = []
  const rtcp: Buffer[] = []
  const sockets = await Promise.all([
    open(rtpPort, (bytes) => {
      const packet = parseRtpPacket(bytes)
      if (packet) packets.push({ ...packet, at: performance.now(), bytes: bytes.length })
    }),
    open(rtpPort + 1, (bytes) => void rtcp.push(bytes)),
  ])
  return {
    target: { ip: '127.0.0.1', rtpPort, rtcpPort: rtpPort + 1, payloadType, ssrc },
    packets,
    rtcp,
    clear: () => void (packets.length = 0),
    close: () => sockets.forEach((socket) => socket.close()),
  }
}

function open(port: number, onMessage: (bytes: Buffer) => void): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1024 * 1024 })
  socket.on('message', onMessage)
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, '127.0.0.1', () => resolve(socket))
  })
}
