// Red packets: coins set aside by one, claimed at random by those who are quick, and given back when nobody comes.
import { randomInt } from 'node:crypto'
import type { GiftReplies, PacketResult, PacketView } from '../../contract/gifts.ts'
import type { UserId } from '../../contract/ids.ts'
import type { RequestData } from '../../contract/sockets.ts'
import { AppError } from '../../core/AppError.ts'
import { newId } from '../../core/newId.ts'
import type { Database } from '../../db/openDatabase.ts'
import type { Outbox } from '../../db/Outbox.ts'
import type { SocketData } from '../../realtime/answer.ts'
import type { Ledger } from '../../wallet/Ledger.ts'
import { heldAccount, userAccount } from '../../wallet/ledgerAccounts.ts'
import type { GiftLimits } from '../GiftLimits.ts'
import type { Giver, Givers } from '../Givers.ts'
import { drawShare } from './drawShare.ts'
import { claimedOf, findPacket, insertPacket, isOver, lockPacket, noteReturned, openPackets, takeShare, viewClaims, viewPackets } from './packetStore.ts'
import type { NewPacket, Packet } from './packetStore.ts'
import type { PacketTeller } from './PacketTeller.ts'

/** Coins of one packet at most. */
export const PACKET_MAX_COINS = 1_000_000n
/** Packets of a channel at a time. */
const AT_ONCE = 20

export type PacketsDeps = { readonly database: Database; readonly givers: Givers; readonly limits: GiftLimits; readonly ledger: Ledger; readonly outbox: Outbox; readonly teller: PacketTeller }

/** There is nothing to move any more: no transfer is made. */
class NothingLeft extends Error {}

const randomBelow = (bound: bigint): bigint => BigInt(randomInt(Number(bound)))

export class Packets {
  readonly #deps: PacketsDeps

  constructor(deps: PacketsDeps) {
    this.#deps = deps
  }

  /** @throws AppError not-logged-in, kept-out, channel-offline, bad-request, limit-reached, insufficient-funds, wallet-locked, key-reused */
  async send(data: SocketData, { key, ...request }: RequestData<'packet:send'>): Promise<GiftReplies['packet:send']> {
    const { givers, limits, ledger, outbox, teller } = this.#deps
    const giver = await givers.identify(data, request.channel, 'packet:send')
    await limits.spendPacket(giver.user.id)
    // A refusal waits for the ledger's word that this is no repeat of what was done before.
    const planned = await this.#plan(giver, request).catch((error: unknown) => ({ refusal: error }))
    const { result, repeated } = await ledger.post<{ id: string }>({ type: 'packet', scope: `packet:${giver.user.id}`, key, request }, (transaction) => {
      if ('refusal' in planned) throw planned.refusal
      return {
        legs: [
          { account: userAccount(planned.senderId, 'coin'), amount: -planned.total },
          { account: heldAccount(planned.senderId, 'coin'), amount: planned.total },
        ],
        reference: planned.id,
        note: giver.channel.name,
        record: async () => {
          await insertPacket(transaction, planned)
          await outbox.write(transaction, 'packet-sent', { packetId: planned.id, channelId: planned.channelId })
          return { id: planned.id }
        },
      }
    })
    const packet = await this.viewOf(result.id)
    if (!repeated) teller.lookAt(result.id, Date.parse(packet.opensAt))
    return { packet, coins: await this.#coinsOf(giver.user.id) }
  }

  /** Each user once; asked again, the answer is the same. @throws AppError not-logged-in, packet-not-found, kept-out, too-many-requests, state-changed (not open yet) */
  async claim(data: SocketData, id: string): Promise<GiftReplies['packet:claim']> {
    const { givers, limits, teller } = this.#deps
    const { id: userId } = await givers.requireUser(data)
    await limits.spendClaim(userId)
    const packet = await this.#find(id)
    const { user } = await givers.identify(data, packet.channel, 'packet:claim')
    if (packet.opensAt.getTime() > Date.now()) throw new AppError('state-changed', { message: 'The packet is not open yet' })
    const amount = await this.#draw(packet, user.id)
    if (amount !== null) teller.look(id)
    return { packet: await this.viewOf(id), amount: amount === null ? null : String(amount), coins: await this.#coinsOf(user.id) }
  }

  /** @throws AppError channel-not-found, kept-out */
  async list(data: SocketData, channelName: string): Promise<GiftReplies['packet:list']> {
    const { database, givers } = this.#deps
    const { channel, user } = await givers.admit(data, channelName)
    const packets = await openPackets(database, channel.id)
    const claimed = user ? await claimedOf(database, user.id, packets.map(({ id }) => id)) : []
    return { packets: await viewPackets(database, packets), claimed, serverTime: Date.now() }
  }

  /** For who has claimed, or when it is over. @throws AppError packet-not-found, forbidden */
  async resultFor(userId: UserId, id: string): Promise<PacketResult> {
    const { database } = this.#deps
    const packet = await this.#find(id)
    if (!isOver(packet) && (await claimedOf(database, userId, [id])).length === 0) throw new AppError('forbidden', { message: 'Who got what is shown when the packet is over' })
    const [view] = await viewPackets(database, [packet])
    return { packet: view as PacketView, claims: await viewClaims(database, packet) }
  }

  /** Gives the sender back what nobody claimed; harmless when it was done before. */
  async giveBack(id: string): Promise<void> {
    const { ledger, teller } = this.#deps
    const { channel } = await this.#find(id)
    try {
      await ledger.post({ type: 'packet-return', scope: 'packet-return', key: id, request: { id } }, async (transaction) => {
        const packet = await lockPacket(transaction, id)
        if (packet?.state !== 'open' || packet.closesAt.getTime() > Date.now()) throw new NothingLeft()
        return {
          legs: [
            { account: heldAccount(packet.senderId, 'coin'), amount: -packet.leftCoins },
            { account: userAccount(packet.senderId, 'coin'), amount: packet.leftCoins },
          ],
          reference: id,
          note: channel,
          evenIfLocked: true,
          record: () => noteReturned(transaction, id).then(() => null),
        }
      })
    } catch (error) {
      if (!(error instanceof NothingLeft)) throw error
    }
    teller.look(id)
  }

  /** @throws AppError packet-not-found */
  async packetOf(id: string): Promise<{ readonly packet: Packet; readonly view: PacketView }> {
    const packet = await this.#find(id)
    const [view] = await viewPackets(this.#deps.database, [packet])
    return { packet, view: view as PacketView }
  }

  /** @throws AppError packet-not-found */
  async viewOf(id: string): Promise<PacketView> {
    return (await this.packetOf(id)).view
  }

  async #plan({ user, channel }: Giver, { total, shares, delaySeconds }: Omit<RequestData<'packet:send'>, 'key'>): Promise<NewPacket> {
    const coins = BigInt(total)
    if (coins < BigInt(shares)) throw new AppError('bad-request', { message: 'Each share needs a coin', fields: { total: 'must be at least one coin a share' } })
    if (coins > PACKET_MAX_COINS) throw new AppError('bad-request', { message: 'That is too much for one packet', fields: { total: `must be at most ${PACKET_MAX_COINS}` } })
    const broadcast = await this.#deps.givers.runningBroadcast(channel)
    if ((await openPackets(this.#deps.database, channel.id)).length >= AT_ONCE) throw new AppError('limit-reached', { message: `A room has at most ${AT_ONCE} packets at a time` })
    return { id: newId(), channelId: channel.id, senderId: user.id, broadcastId: broadcast.id, offsetMs: broadcast.offsetMs, total: coins, shares, delaySeconds }
  }

  /** One share for the user; null: too late or all gone. The packet's row puts all who claim it in one line, on every server. */
  async #draw({ id, senderId, channel }: Packet, userId: UserId): Promise<bigint | null> {
    try {
      const { result } = await this.#deps.ledger.post<{ amount: string }>({ type: 'packet-claim', scope: `packet-claim:${id}`, key: userId, request: { id } }, async (transaction) => {
        const packet = await lockPacket(transaction, id)
        if (packet?.state !== 'open' || packet.leftShares === 0 || packet.closesAt.getTime() <= Date.now()) throw new NothingLeft()
        const amount = drawShare({ coins: packet.leftCoins, shares: packet.leftShares }, randomBelow)
        return {
          legs: [
            { account: heldAccount(senderId, 'coin'), amount: -amount },
            { account: userAccount(userId, 'coin'), amount },
          ],
          reference: id,
          note: channel,
          // What is set aside was given away before its sender's wallet was locked.
          evenIfLocked: true,
          record: async () => {
            await takeShare(transaction, { id, userId, amount, left: { coins: packet.leftCoins - amount, shares: packet.leftShares - 1 } })
            return { amount: String(amount) }
          },
        }
      })
      return BigInt(result.amount)
    } catch (error) {
      if (error instanceof NothingLeft) return null
      throw error
    }
  }

  async #find(id: string): Promise<Packet> {
    const packet = await findPacket(this.#deps.database, id)
    if (!packet) throw new AppError('packet-not-found', { message: 'There is no such packet' })
    return packet
  }

  async #coinsOf(userId: UserId): Promise<string> {
    return String(await this.#deps.ledger.balanceOf(userAccount(userId, 'coin')))
  }
}
