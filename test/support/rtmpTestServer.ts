// A real RTMP server whose publishes end in arrays, for the integration tests of the ingest.
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { FlvTag } from '../../bridge/flv/FlvTag.ts'
import type { Amf0Object } from '../../bridge/rtmp/Amf0Value.ts'
import type { RtmpPublishGrant, RtmpPublishRequest, RtmpPublisher } from '../../bridge/rtmp/RtmpPublish.ts'
import type { RtmpLimits } from '../../bridge/rtmp/rtmpLimits.ts'
import { RtmpServer } from '../../bridge/rtmp/RtmpServer.ts'

/** One accepted publish and what came of it. */
export type RecordedPublish = {
  readonly request: RtmpPublishRequest
  readonly publisher: RtmpPublisher
  readonly tags: FlvTag[]
  readonly metadata: Amf0Object[]
  /** Resolves with the reason. */
  readonly closed: Promise<string>
}

export type LogLine = { readonly level: string; readonly message: string; readonly fields: Record<string, unknown> }

export type RtmpTestServer = {
  readonly port: number
  readonly server: RtmpServer
  readonly publishes: RecordedPublish[]
  readonly lines: LogLine[]
  close(): Promise<void>
}

export type RtmpTestServerOptions = {
  readonly limits?: Partial<RtmpLimits>
  /** Throw to refuse; return nothing to accept. */
  readonly decide?: (request: RtmpPublishRequest, publisher: RtmpPublisher) => Promise<void> | void
  readonly onTag?: (tag: FlvTag, publisher: RtmpPublisher) => void
}

/** Listens on a free port of 127.0.0.1. The caller closes it. */
export async function startRtmpTestServer({ limits, decide, onTag }: RtmpTestServerOptions = {}): Promise<RtmpTestServer> {
  const publishes: RecordedPublish[] = []
  const lines: LogLine[] = []
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, message, fields: { ...fields } })
  const authorize = async (request: RtmpPublishRequest, publisher: RtmpPublisher): Promise<RtmpPublishGrant> => {
    await decide?.(request, publisher)
    const tags: FlvTag[] = []
    const metadata: Amf0Object[] = []
    let tellReason: (reason: string) => void = () => undefined
    const closed = new Promise<string>((resolve) => {
      tellReason = resolve
    })
    publishes.push({ request, publisher, tags, metadata, closed })
    const take = (tag: FlvTag) => {
      tags.push(tag)
      onTag?.(tag, publisher)
    }
    return { onTag: take, onMetadata: (values) => void metadata.push(values), onClosed: ({ reason }) => tellReason(reason) }
  }
  const log = { info: write('info'), warn: write('warn'), error: write('error') }
  const server = new RtmpServer({ host: '127.0.0.1', port: 0, log, authorize, ...(limits === undefined ? {} : { limits }) })
  const { port } = await server.listen()
  return { port, server, publishes, lines, close: () => server.close() }
}

export type RecordingProxy = {
  readonly port: number
  /** Everything the client has sent, in one piece. */
  readonly recorded: () => Buffer
  close(): Promise<void>
}

/** Stands between one encoder and the server and keeps what the encoder says. The caller closes it. */
export async function startRecordingProxy(target: number): Promise<RecordingProxy> {
  const parts: Buffer[] = []
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect({ port: target, host: '127.0.0.1' })
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (bytes) => parts.push(bytes as Buffer))
    client.pipe(server)
    server.pipe(client)
  })
  await new Promise<void>((resolve) => proxy.listen({ port: 0, host: '127.0.0.1' }, () => resolve()))
  const close = async () => {
    const closed = new Promise<void>((resolve) => proxy.close(() => resolve()))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return { port: (proxy.address() as AddressInfo).port, recorded: () => Buffer.concat(parts), close }
}
