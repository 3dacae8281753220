// Stands in for the server where only the bridge is under test: speaks the bridge API's schemas, grants keys, remembers what it was told.
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bridgeAliveSchema, bridgeNoticeSchema, publishEndedSchema, publishRequestSchema, relayMediaSchema, replayFinishedSchema } from '../../server/contract/bridgeApi.ts'
import type { BridgeAlive, BridgeNotice, PublishEnded, PublishRequest, RelayMedia, RelayTargets, ReplayFinished } from '../../server/contract/bridgeApi.ts'

export const TEST_SECRET = 'a-secret-for-tests-only'

export type InternalServerOptions = {
  /** Where relays are sent; RTP and RTCP ports of a listener. */
  readonly targets?: (media: RelayMedia) => RelayTargets
  /** Stream key -> broadcast id. Other keys are refused. */
  readonly keys: Readonly<Record<string, string>>
  readonly record?: boolean
  readonly port?: number
}

export type InternalServer = {
  readonly url: string
  readonly port: number
  readonly publishes: readonly (PublishRequest & { readonly publishId: string })[]
  readonly media: readonly (RelayMedia & { readonly publishId: string })[]
  readonly ended: readonly (PublishEnded & { readonly publishId: string })[]
  readonly notices: readonly (BridgeNotice & { readonly broadcastId: string })[]
  readonly replays: readonly (ReplayFinished & { readonly broadcastId: string })[]
  readonly beats: readonly BridgeAlive[]
  /** From now on this publish, or all, are unknown: what a restarted server says. */
  forget(publishId?: string): void
  /** From now on these RTP packagings are known; until the first call all are. */
  knowPackagings(broadcastIds: readonly string[]): void
  close(): Promise<void>
}

export async function startInternalServer(options: InternalServerOptions): Promise<InternalServer> {
  const publishes: (PublishRequest & { publishId: string })[] = []
  const media: (RelayMedia & { publishId: string })[] = []
  const ended: (PublishEnded & { publishId: string })[] = []
  const notices: (BridgeNotice & { broadcastId: string })[] = []
  const replays: (ReplayFinished & { broadcastId: string })[] = []
  const beats: BridgeAlive[] = []
  const known = new Set<string>()
  let packagings: ReadonlySet<string> | undefined
  let counter = 0

  const answer = (path: string, body: unknown): [number, unknown?] => {
    const [, , room = '', id = '', action = ''] = path.split('/')
    if (path === '/internal/publish') {
      const request = publishRequestSchema.parse(body)
      const broadcastId = options.keys[request.streamKey]
      if (!broadcastId) return [401, { error: { code: 'wrong-stream-key', message: 'wrong stream key' } }]
      const publishId = `publish-${++counter}-${options.port ?? 0}`
      known.add(publishId)
      publishes.push({ ...request, publishId })
      return [200, { publishId, channelId: 'channel-1234', broadcastId, channel: 'test', record: options.record ?? true }]
    }
    if (room === 'bridges') {
      const beat = bridgeAliveSchema.parse(body)
      beats.push(beat)
      const unknownPublishes = beat.publishes.map(({ publishId }) => publishId).filter((publishId) => !known.has(publishId))
      return [200, { unknownPublishes, unknownPackagings: packagings ? beat.packagings.filter((broadcastId) => !packagings?.has(broadcastId)) : [] }]
    }
    if (room === 'publish' && !known.has(id)) return [404, { error: { code: 'publish-not-found', message: 'no such publish' } }]
    if (action === 'media') {
      const request = relayMediaSchema.parse(body)
      media.push({ ...request, publishId: id })
      return [200, options.targets?.(request) ?? { video: null, audio: null }]
    }
    if (action === 'ended') ended.push({ ...publishEndedSchema.parse(body), publishId: id })
    else if (action === 'notices') notices.push({ ...bridgeNoticeSchema.parse(body), broadcastId: id })
    else if (action === 'replay') replays.push({ ...replayFinishedSchema.parse(body), broadcastId: id })
    else return [404, { error: { code: 'not-found', message: path } }]
    return [204]
  }

  const server = createServer((request, response) => {
    void readJson(request).then((body) => {
      if (request.headers.authorization !== `Bearer ${TEST_SECRET}`) response.writeHead(401).end()
      else {
        const [status, reply] = answer(request.url ?? '', body)
        response.writeHead(status, { 'content-type': 'application/json' }).end(reply === undefined ? undefined : JSON.stringify(reply))
      }
    }, () => response.writeHead(400).end())
  })
  const port = await listen(server, options.port ?? 0)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    publishes,
    media,
    ended,
    notices,
    replays,
    beats,
    forget: (publishId) => void (publishId === undefined ? known.clear() : known.delete(publishId)),
    knowPackagings: (broadcastIds) => (packagings = new Set(broadcastIds)),
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}')
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
