// A pair of UDP ports for one RTP stream: the even one for RTP, the next for RTCP (RFC 3550 section 11).
import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'

export type RtpPortsOptions = { readonly host: string; readonly onRtp: (packet: Buffer) => void; readonly onError: (error: Error) => void }

/** Below the ports that Linux hands out by itself, above those of services. */
const FIRST_PORT = 20_000
const LAST_PORT = 31_998
const RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024
const ATTEMPTS = 50

export class RtpPorts {
  readonly rtpPort: number
  readonly #sockets: readonly Socket[]

  private constructor(rtpPort: number, sockets: readonly Socket[]) {
    this.rtpPort = rtpPort
    this.#sockets = sockets
  }

  get rtcpPort(): number {
    return this.rtpPort + 1
  }

  /** Resolves when both ports listen. Rejects when no free pair was found. */
  static async open({ host, onRtp, onError }: RtpPortsOptions): Promise<RtpPorts> {
    let failure: unknown
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const port = FIRST_PORT + 2 * Math.floor((Math.random() * (LAST_PORT - FIRST_PORT)) / 2)
      const sockets: Socket[] = []
      try {
        for (const number of [port, port + 1]) sockets.push(await bind(host, number))
        const [rtp] = sockets
        rtp?.on('message', onRtp)
        for (const socket of sockets) socket.on('error', onError)
        return new RtpPorts(port, sockets)
      } catch (error) {
        failure = error
        for (const socket of sockets) socket.close()
      }
    }
    throw new Error('no free pair of UDP ports for RTP', { cause: failure })
  }

  close(): void {
    for (const socket of this.#sockets) socket.close()
  }
}

async function bind(host: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES })
  socket.bind({ address: host, port, exclusive: true })
  try {
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    throw error
  }
  return socket
}
