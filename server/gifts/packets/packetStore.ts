// SQL of red packets and of who got what of them.
import { findUsers, viewPerson } from '../../accounts/userStore.ts'
import { PACKET_OPEN_SECONDS } from '../../contract/gifts.ts'
import type { PacketResult, PacketState, PacketView } from '../../contract/gifts.ts'
import type { BroadcastId, ChannelId, UserId } from '../../contract/ids.ts'
import type { PersonView } from '../../contract/people.ts'
import type { Database } from '../../db/openDatabase.ts'

type Stored = 'open' | 'empty' | 'returned'
export type Packet = {
  readonly id: string
  readonly channelId: ChannelId
  readonly channel: string
  readonly senderId: UserId
  readonly broadcastId: BroadcastId
  readonly offsetMs: number | null
  readonly total: bigint
  readonly shares: number
  readonly leftCoins: bigint
  readonly leftShares: number
  readonly state: Stored
  readonly at: Date
  readonly opensAt: Date
  readonly closesAt: Date
}
type PacketRow = {
  id: string
  channel_id: ChannelId
  channel: string
  sender_id: UserId
  broadcast_id: BroadcastId
  offset_ms: number | null
  total: string | number
  shares: number
  left_coins: string | number
  left_shares: number
  state: Stored
  at: Date
  opens_at: Date
  closes_at: Date
}

const toPacket = (row: PacketRow): Packet => ({
  id: row.id,
  channelId: row.channel_id,
  channel: row.channel,
  senderId: row.sender_id,
  broadcastId: row.broadcast_id,
  offsetMs: row.offset_ms,
  total: BigInt(row.total),
  shares: row.shares,
  leftCoins: BigInt(row.left_coins),
  leftShares: row.left_shares,
  state: row.state,
  at: row.at,
  opensAt: row.opens_at,
  closesAt: row.closes_at,
})

const select = (database: Database) => database('red_packets as p').join('channels as c', 'c.id', 'p.channel_id').select('p.*', { channel: 'c.name' })

export type NewPacket = Pick<Packet, 'id' | 'channelId' | 'senderId' | 'broadcastId' | 'offsetMs' | 'total' | 'shares'> & { readonly delaySeconds: number }

export async function insertPacket(transaction: Database, { delaySeconds, ...packet }: NewPacket): Promise<void> {
  const now = Date.now()
  const opensAt = now + delaySeconds * 1000
  await transaction('red_packets').insert({
    id: packet.id,
    channel_id: packet.channelId,
    sender_id: packet.senderId,
    broadcast_id: packet.broadcastId,
    offset_ms: packet.offsetMs,
    total: String(packet.total),
    shares: packet.shares,
    left_coins: String(packet.total),
    left_shares: packet.shares,
    state: 'open',
    at: new Date(now),
    opens_at: new Date(opensAt),
    closes_at: new Date(opensAt + PACKET_OPEN_SECONDS * 1000),
  })
}

export async function findPacket(database: Database, id: string): Promise<Packet | undefined> {
  const row = (await select(database).where('p.id', id).first()) as PacketRow | undefined
  return row && toPacket(row)
}

/** What is left of a packet, locked until the transaction ends. */
export async function lockPacket(transaction: Database, id: string): Promise<Pick<Packet, 'leftCoins' | 'leftShares' | 'state' | 'senderId' | 'closesAt'> | undefined> {
  const row = (await transaction('red_packets').where({ id }).forUpdate().first()) as PacketRow | undefined
  return row && toPacket(row)
}

export async function takeShare(transaction: Database, { id, userId, amount, left }: { id: string; userId: UserId; amount: bigint; left: { coins: bigint; shares: number } }): Promise<void> {
  await transaction('packet_claims').insert({ packet_id: id, user_id: userId, amount: String(amount), at: new Date() })
  await transaction('red_packets').where({ id }).update({ left_coins: String(left.coins), left_shares: left.shares, ...(left.shares === 0 ? { state: 'empty' } : {}) })
}

export async function noteReturned(transaction: Database, id: string): Promise<void> {
  await transaction('red_packets').where({ id }).update({ state: 'returned' })
}

/** Packets of a channel that wait or may be claimed, oldest first. */
export async function openPackets(database: Database, channelId: ChannelId): Promise<Packet[]> {
  return ((await select(database).where({ 'p.channel_id': channelId, 'p.state': 'open' }).where('p.closes_at', '>', new Date()).orderBy('p.opens_at').limit(50)) as PacketRow[]).map(toPacket)
}

/** Packets whose time is over and that have something left. */
export async function overduePackets(database: Database, now: Date, limit: number): Promise<string[]> {
  return database('red_packets').where({ state: 'open' }).where('closes_at', '<=', now).limit(limit).pluck('id')
}

/** Of these packets, those that the user has claimed. */
export async function claimedOf(database: Database, userId: UserId, ids: readonly string[]): Promise<string[]> {
  return ids.length === 0 ? [] : database('packet_claims').where({ user_id: userId }).whereIn('packet_id', [...ids]).pluck('packet_id')
}

export const isOver = ({ state, closesAt }: Packet, now = Date.now()): boolean => state !== 'open' || closesAt.getTime() <= now

function stateOf({ state, opensAt }: Packet, now: number): PacketState {
  return state === 'open' && opensAt.getTime() > now ? 'waiting' : state
}

/** As pages see them. */
export async function viewPackets(database: Database, packets: readonly Packet[]): Promise<PacketView[]> {
  const people = await peopleOf(database, packets.map(({ senderId }) => senderId))
  const now = Date.now()
  return packets.map((packet) => ({
    id: packet.id,
    channel: packet.channel,
    sender: people(packet.senderId),
    total: String(packet.total),
    shares: packet.shares,
    left: packet.leftShares,
    state: stateOf(packet, now),
    opensAt: packet.opensAt.toISOString(),
    closesAt: packet.closesAt.toISOString(),
  }))
}

/** Who got what, in the order they came; when it is over, the first with the most is the luckiest. */
export async function viewClaims(database: Database, packet: Packet): Promise<PacketResult['claims']> {
  const rows = (await database('packet_claims').where({ packet_id: packet.id }).orderBy('at').select('user_id', 'amount', 'at')) as Array<{ user_id: UserId; amount: string | number; at: Date }>
  const people = await peopleOf(database, rows.map((row) => row.user_id))
  const most = rows.map(({ amount }) => BigInt(amount)).reduce((highest, amount) => (amount > highest ? amount : highest), 0n)
  const luckiest = isOver(packet) ? rows.find(({ amount }) => BigInt(amount) === most) : undefined
  return rows.map((row) => ({ person: people(row.user_id), amount: String(row.amount), at: row.at.toISOString(), luckiest: row === luckiest }))
}

/** Someone whose account is deleted has neither name nor picture left. */
async function peopleOf(database: Database, ids: readonly UserId[]): Promise<(id: UserId) => PersonView> {
  const known = new Map((await findUsers(database, [...new Set(ids)])).map((user) => [user.id, viewPerson(user)]))
  return (id) => known.get(id) ?? { id, name: '', displayName: '', avatarUrl: null }
}
