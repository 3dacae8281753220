// Two servers on one Redis and MySQL, hosts that are on air, and people with coins: what tests of gifts begin with.
import { Redis } from 'ioredis'
import type { Socket } from 'socket.io-client'
import type { Reply } from '../../server/contract/errors.ts'
import type { GiftView } from '../../server/contract/gifts.ts'
import type { ChannelView } from '../../server/contract/http.ts'
import type { ChannelId, UserId } from '../../server/contract/ids.ts'
import type { ReplyData, RequestData, RequestName } from '../../server/contract/sockets.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import { eventually } from './eventually.ts'
import { fundWallet } from './fundWallet.ts'
import { LiveElsewhere } from './liveElsewhere.ts'
import { openSocket } from './openSocket.ts'
import { startServer } from './startServer.ts'
import type { TestServer } from './startServer.ts'
import type { Visitor } from './Visitor.ts'

export type GiftPerson = { readonly id: UserId; readonly name: string; readonly visitor: Visitor; /** A page at the first or the second server. */ socket(server?: 'one' | 'two'): Promise<Socket> }
export type GiftHost = GiftPerson & { readonly channelId: ChannelId; readonly broadcastId: string }
export type GiftStage = {
  readonly one: TestServer
  readonly two: TestServer
  readonly database: Database
  readonly redis: Redis
  user(name: string, coins?: bigint): Promise<GiftPerson>
  /** With a channel of that name, on air unless told otherwise. */
  host(name: string, options?: { onAir?: boolean }): Promise<GiftHost>
  gift(id: string): Promise<GiftView>
  coinsOf(userId: UserId): Promise<bigint>
  beansOf(userId: UserId): Promise<bigint>
  close(): Promise<void>
}

export async function openGiftStage({ databaseUrl, redisUrl, env = {} }: { databaseUrl: string; redisUrl: string; env?: Record<string, string> }): Promise<GiftStage> {
  const settings = { GIFTS_PER_USER: '1000', GIFTS_PER_ADDRESS: '10000', ...env }
  const one = await startServer({ databaseUrl, redisUrl, env: settings })
  const two = await startServer({ databaseUrl, redisUrl, env: settings, sharing: one })
  const servers = { one, two }
  const database = openDatabase({ url: one.databaseUrl, poolSize: 4 })
  const redis = new Redis(redisUrl)
  const elsewhere = new LiveElsewhere({ database, redis })
  const sockets: Socket[] = []
  const balance = async (owner: UserId, currency: 'coin' | 'bean'): Promise<bigint> => {
    const [row] = (await database('ledger_accounts').where({ kind: 'user', owner, currency }).sum({ balance: 'balance' })) as Array<{ balance: string | null }>
    return BigInt(row?.balance ?? 0)
  }
  const user = async (name: string, coins = 0n): Promise<GiftPerson> => {
    const visitor = one.visitor()
    const { status, body } = await visitor.signUp(name)
    if (status !== 201) throw new Error(`${name} could not sign up: ${JSON.stringify(body)}`)
    const { id } = (await database('users').where({ name }).first('id')) as { id: UserId }
    if (coins > 0n) await fundWallet({ databaseUrl: one.databaseUrl, userId: id, coins })
    return {
      id,
      name,
      visitor,
      socket: async (server = 'one') => {
        const there = servers[server].visitor()
        there.cookie = visitor.cookie
        const socket = await openSocket(there)
        sockets.push(socket)
        return socket
      },
    }
  }
  return {
    one,
    two,
    database,
    redis,
    user,
    host: async (name, { onAir = true } = {}) => {
      const person = await user(name)
      await person.visitor.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
      const { id: channelId } = (await database('channels').where({ name }).first('id')) as { id: ChannelId }
      const broadcastId = onAir ? await elsewhere.begin(name, 1) : ''
      const knows = async (server: TestServer) => (await server.visitor().call<ChannelView>('GET', `/api/channels/${name}`)).body.broadcast !== null
      if (onAir) await eventually(`${name} is on air`, async () => (await knows(one)) && (await knows(two)))
      return { ...person, channelId, broadcastId }
    },
    gift: async (id) => {
      const { body } = await one.visitor().call<GiftView[]>('GET', '/api/gifts')
      const gift = body.find((one) => one.id === id)
      if (!gift) throw new Error(`${id} is not on sale`)
      return gift
    },
    coinsOf: (userId) => balance(userId, 'coin'),
    beansOf: (userId) => balance(userId, 'bean'),
    close: async () => {
      for (const socket of sockets) socket.disconnect()
      elsewhere.close()
      await two.stop()
      await one.stop()
      await database.destroy()
      redis.disconnect()
    },
  }
}

/** Asks as a page does. */
export const ask = <N extends RequestName>(socket: Socket, name: N, data: RequestData<N>) => socket.timeout(15_000).emitWithAck(name, data) as Promise<Reply<ReplyData[N]>>

/** The outcome's code: `ok`, or why not. */
export const codeOf = (reply: Reply<unknown>): string => (reply.ok ? 'ok' : reply.error.code)

export const newKey = (): string => `${newId()}${newId()}`
