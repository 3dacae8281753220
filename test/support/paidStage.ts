// Two servers of one platform with paid shows: a host whose media flows, HLS in the file store, an endless FLV body, people with coins.
import { createSocket } from 'node:dgram'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Socket } from 'socket.io-client'
import type { PublishGrant, RelayTargets } from '../../server/contract/bridgeApi.ts'
import type { Reply } from '../../server/contract/errors.ts'
import type { ChannelView, StreamKeyView } from '../../server/contract/http.ts'
import type { BroadcastId, UserId } from '../../server/contract/ids.ts'
import type { WatchReply } from '../../server/contract/sockets.ts'
import type { AccessView, TicketTerms } from '../../server/contract/tickets.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from './eventually.ts'
import { fundWallet } from './fundWallet.ts'
import { openSocket } from './openSocket.ts'
import { startServer } from './startServer.ts'
import type { TestServer } from './startServer.ts'
import type { Visitor } from './Visitor.ts'

export type Failed = { readonly error?: { readonly code: string; readonly fields?: Record<string, string> } }
export type PaidShow = { readonly name: string; readonly host: Visitor; readonly broadcastId: BroadcastId; readonly publishId: string; /** The host says goodbye. */ end(): Promise<unknown>; /** The host's connection is lost. */ interrupt(): Promise<unknown> }
export type Page = { readonly socket: Socket; readonly needed: AccessView[]; readonly changed: unknown[]; watch(): Promise<WatchReply> }

const BRIDGE = 'bridgeofpaidshows'
/** An Opus packet of silence. */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe])

export class PaidStage {
  readonly one: TestServer
  readonly two: TestServer
  readonly database: Database
  readonly #bridge = createServer((_request, response) => void response.writeHead(200).write('FLV'))
  readonly #endings: (() => void)[] = []
  /** Publishes of the stand-in bridge, with their broadcasts. */
  readonly #held = new Map<string, string>()

  private constructor(one: TestServer, two: TestServer) {
    this.one = one
    this.two = two
    this.database = openDatabase({ url: one.databaseUrl, poolSize: 2 })
  }

  static async open(services: { databaseUrl: string; redisUrl: string }, env: Record<string, string> = {}): Promise<PaidStage> {
    const one = await startServer({ ...services, env: { TRUST_PROXY: '1', ...env } })
    const two = await startServer({ ...services, env: { TRUST_PROXY: '1', ...env }, sharing: one })
    const stage = new PaidStage(one, two)
    await new Promise<void>((resolve) => stage.#bridge.listen(0, '127.0.0.1', resolve))
    const beats = setInterval(() => void stage.#beat().catch(() => undefined), 1000)
    stage.#endings.push(() => clearInterval(beats))
    return stage
  }

  /** Someone at an address of their own. */
  async person(name: string, coins = 0n): Promise<Visitor> {
    const visitor = this.one.visitor()
    await visitor.call('GET', '/api/me')
    await visitor.signUp(name)
    if (coins > 0n) await fundWallet({ databaseUrl: this.one.databaseUrl, userId: await this.idOf(name), coins })
    return visitor
  }

  at(server: TestServer, { cookie }: Visitor): Visitor {
    const there = server.visitor()
    there.cookie = cookie
    return there
  }

  async idOf(name: string): Promise<UserId> {
    return ((await this.database('users').where({ name }).first('id')) as { id: UserId }).id
  }

  async balance(name: string, currency: 'coin' | 'bean' = 'coin'): Promise<number> {
    const [row] = (await this.database('ledger_accounts').where({ kind: 'user', owner: await this.idOf(name), currency }).sum({ balance: 'balance' })) as Array<{ balance: string | null }>
    return Number(row?.balance ?? 0)
  }

  /** Whether every currency of the ledger sums to zero. */
  async addsUp(): Promise<boolean> {
    const rows = (await this.database('ledger_accounts').groupBy('currency').select('currency').sum({ sum: 'balance' })) as Array<{ sum: string }>
    return rows.every(({ sum }) => Number(sum) === 0)
  }

  internal<T>(path: string, body: unknown, server = this.one) {
    return server.visitor().call<T>('POST', `/internal/${path}`, { body, headers: { authorization: `Bearer ${this.one.secret}` } })
  }

  /** A show that is live at the first server, with sound. */
  async show(name: string, ticket: TicketTerms | null): Promise<PaidShow> {
    const host = await this.person(name)
    await host.call('POST', '/api/channels', { body: { name, title: `Show of ${name}`, category: 'music' } })
    if (ticket) await host.call('PUT', `/api/channels/${name}/ticket`, { body: { ticket } })
    return this.goLive(name, host)
  }

  async goLive(name: string, host: Visitor): Promise<PaidShow> {
    const { streamKey } = (await host.call<StreamKeyView>('GET', `/api/channels/${name}/stream-key`)).body
    const { broadcastId, publishId } = (await this.internal<PublishGrant>('publish', { bridgeId: BRIDGE, streamKey, remoteAddress: '192.0.2.1' })).body
    this.#held.set(publishId, broadcastId)
    await this.#beat()
    const folder = join(this.one.mediaDir, 'live', broadcastId)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'index.m3u8'), '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmedia.m3u8\n')
    await writeFile(join(folder, 'media.m3u8'), '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2,\n1.m4s\n')
    for (const file of ['init.mp4', '1.m4s', 'snapshot.jpg']) await writeFile(join(folder, file), 'media')
    const { audio } = (await this.internal<RelayTargets>(`publish/${publishId}/media`, { video: null, audio: { channels: 2 } })).body
    if (audio) this.#sound(audio)
    await eventually(`${name} is live`, async () => (await this.one.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast?.state === 'live')
    await eventually(`${name} is live at the other server`, async () => (await this.two.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast?.state === 'live')
    const ended = (finished: boolean) => this.internal(`publish/${publishId}/ended`, { finished, reason: finished ? 'deleteStream' : 'connection lost' })
    return { name, host, broadcastId: broadcastId as BroadcastId, publishId, end: () => ended(true), interrupt: () => ended(false) }
  }

  /** A page of somebody, whose socket is at that server. */
  async page(visitor: Visitor, channel: string, { server = this.one, mode = 'hls' as const, headers = {} as Record<string, string> } = {}): Promise<Page> {
    const socket = await openSocket(this.at(server, visitor), headers)
    this.#endings.push(() => void socket.disconnect())
    const needed: AccessView[] = []
    const changed: unknown[] = []
    socket.on('ticket:needed', ({ access }: { access: AccessView }) => needed.push(access))
    socket.on('ticket:changed', (fact: unknown) => changed.push(fact))
    const watch = async (): Promise<WatchReply> => {
      const reply = (await socket.emitWithAck('watch', { channel, mode })) as Reply<WatchReply>
      if (!reply.ok) throw new Error(reply.error.code)
      return reply.data
    }
    return { socket, needed, changed, watch }
  }

  buy(visitor: Visitor, { name, broadcastId }: Pick<PaidShow, 'name' | 'broadcastId'>, price: string, key = newId()) {
    return visitor.call<AccessView & Failed>('POST', `/api/channels/${name}/ticket`, { body: { broadcastId, price, key } })
  }

  access(visitor: Visitor, { broadcastId }: Pick<PaidShow, 'broadcastId'>) {
    return visitor.call<AccessView & Failed>('GET', `/api/broadcasts/${broadcastId}/ticket`).then(({ body }) => body)
  }

  async close(): Promise<void> {
    for (const end of this.#endings) end()
    this.#bridge.closeAllConnections()
    this.#bridge.close()
    await this.database.destroy()
    await this.two.stop()
    await this.one.stop()
  }

  async #beat(): Promise<void> {
    const held = [...this.#held]
    const alive = {
      url: `http://127.0.0.1:${(this.#bridge.address() as AddressInfo).port}`,
      publishes: held.map(([publishId]) => ({ publishId, videoKbps: 0, audioKbps: 0 })),
      packagings: held.map(([, broadcastId]) => broadcastId),
      flv: held.map(([, broadcastId]) => ({ broadcastId, viewers: 0 })),
    }
    await Promise.all([this.one, this.two].map((server) => this.internal(`bridges/${BRIDGE}/alive`, alive, server)))
  }

  #sound({ ip, rtpPort, payloadType, ssrc }: NonNullable<RelayTargets['audio']>): void {
    const socket = createSocket('udp4')
    let count = 0
    const timer = setInterval(() => {
      const packet = Buffer.alloc(12 + SILENCE.length)
      packet.writeUInt8(0x80, 0)
      packet.writeUInt8(payloadType, 1)
      packet.writeUInt16BE((count += 1) & 0xffff, 2)
      packet.writeUInt32BE((count * 960) >>> 0, 4)
      packet.writeUInt32BE(ssrc, 8)
      SILENCE.copy(packet, 12)
      socket.send(packet, rtpPort, ip)
    }, 20)
    this.#endings.push(() => {
      clearInterval(timer)
      socket.close()
    })
  }
}
