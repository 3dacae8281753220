// The door for OBS and ffmpeg: listens for RTMP and hands every accepted publish to its owner as FLV tags.
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { AuthorizePublish, RtmpLog } from './RtmpPublish.ts'
import { RtmpSession } from './RtmpSession.ts'
import { DEFAULT_RTMP_LIMITS } from './rtmpLimits.ts'
import type { RtmpLimits } from './rtmpLimits.ts'

export type RtmpServerOptions = {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly log: RtmpLog
  readonly authorize: AuthorizePublish
  /** Overrides of DEFAULT_RTMP_LIMITS. */
  readonly limits?: Partial<RtmpLimits>
  /** RTMP application names that may be published to; `live` by default. */
  readonly apps?: readonly string[]
}

/** Owns its sockets; the grants belong to whoever `authorize` asks. */
export class RtmpServer {
  readonly #options: RtmpServerOptions
  readonly #limits: RtmpLimits
  readonly #sessions = new Map<Socket, RtmpSession>()
  readonly #perAddress = new Map<string, number>()
  #server: Server | undefined
  #closing: Promise<void> | undefined

  constructor(options: RtmpServerOptions) {
    this.#options = options
    this.#limits = { ...DEFAULT_RTMP_LIMITS, ...options.limits }
  }

  /** Open connections, published or not. */
  get connections(): number {
    return this.#sessions.size
  }

  /** Memory held for unfinished messages of all connections, bytes. */
  get bufferedBytes(): number {
    let bytes = 0
    for (const session of this.#sessions.values()) bytes += session.bufferedBytes
    return bytes
  }

  /** Resolves with the port once connections are accepted; rejects with the system's error (EADDRINUSE …). */
  async listen(): Promise<{ port: number }> {
    const server = createServer((socket) => this.#accept(socket))
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: this.#options.host, port: this.#options.port }, () => {
        server.off('error', reject)
        server.on('error', (err) => this.#options.log.error({ err }, 'rtmp server failed'))
        resolve()
      })
    })
    return { port: (server.address() as AddressInfo).port }
  }

  /** Tells every client, ends every connection and stops listening. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const server = this.#server
    if (server?.listening !== true) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    const gone = [...this.#sessions.keys()].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())))
    for (const session of this.#sessions.values()) session.close('the server is shutting down')
    await Promise.all([closed, ...gone])
  }

  #accept(socket: Socket): void {
    const remoteAddress = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    const sameAddress = this.#perAddress.get(remoteAddress) ?? 0
    const { maxConnections, maxConnectionsPerAddress } = this.#limits
    if (this.#sessions.size >= maxConnections || sameAddress >= maxConnectionsPerAddress) {
      // Without a listener an error of this socket would be thrown.
      socket.on('error', () => socket.destroy())
      socket.destroy()
      this.#options.log.warn({ remoteAddress, reason: 'too many connections' }, 'rtmp connection refused')
      return
    }
    this.#perAddress.set(remoteAddress, sameAddress + 1)
    const { authorize, log, apps = ['live'] } = this.#options
    this.#sessions.set(socket, new RtmpSession({ socket, remoteAddress, limits: this.#limits, apps, authorize, log }))
    socket.once('close', () => this.#forget(socket, remoteAddress))
  }

  #forget(socket: Socket, remoteAddress: string): void {
    this.#sessions.delete(socket)
    const left = (this.#perAddress.get(remoteAddress) ?? 1) - 1
    if (left > 0) this.#perAddress.set(remoteAddress, left)
    else this.#perAddress.delete(remoteAddress)
  }
}
