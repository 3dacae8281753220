// Gifts and red packets stand among the messages: each paid one is a line in the room, once, whichever server writes it.
import { findUser, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ChatLine } from '../contract/chat.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import type { OutboxFacts } from '../contract/outbox.ts'
import type { PersonView } from '../contract/people.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Gifts } from '../gifts/createGifts.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { Callers } from './Callers.ts'
import type { FanOut } from './FanOut.ts'
import type { MessageWriter } from './MessageWriter.ts'

const KEEP_MS = 2000
/** Stands for a name that may not be written here: what was paid for is shown all the same. */
const MASKED = '***'

export type GiftLinesDeps = { readonly database: Database; readonly outbox: Outbox; readonly gifts: Gifts; readonly callers: Callers; readonly words: WordFilter; readonly writer: MessageWriter; readonly fanOut: FanOut }
type Place = { readonly id: string; readonly broadcastId: BroadcastId; readonly offsetMs: number | null; readonly at: string }

/** Takes up the outbox's facts of gifts and packets; both handlers may run twice, and on any server. */
export function tellGiftLines({ database, outbox, gifts, callers, words, writer, fanOut }: GiftLinesDeps): void {
  const channels = new Remembered<ChannelId, Channel | undefined>({ keepMs: KEEP_MS, load: (id) => findChannel(database, { id }) })
  const users = new Remembered<UserId, User | undefined>({ keepMs: KEEP_MS, load: (id) => findUser(database, { id }) })

  const personOf = async (user: User, channelId: ChannelId): Promise<PersonView> => {
    const verdict = await words.judge(user.displayName, channelId)
    const displayName = verdict.action === 'pass' ? user.displayName : verdict.action === 'replace' ? verdict.text : MASKED
    return { ...viewPerson(user), displayName }
  }

  /** The line's id is that of what was paid for, so that it is written once. */
  const write = async (channel: Channel, place: Place, line: ChatLine, senderId: UserId): Promise<void> => {
    const draft = { ...place, channel: channel.name, author: null, clientId: null, text: '', replyTo: null, mentions: [], style: null, line }
    const { message, state } = await writer.write(channel.id, draft, 'said', senderId)
    // Told again too: perhaps the server that wrote it died before it told anyone. Rooms show one id once.
    if (state === 'said') fanOut.say(channel.id, message, true)
  }

  outbox.on('gift-sent', async (fact: OutboxFacts['gift-sent']) => {
    gifts.countSoon()
    const [channel, user] = await Promise.all([channels.get(fact.channelId), users.get(fact.senderId)])
    if (!channel || !user) return
    const { gift, quantity, total, combo, broadcastId, offsetMs, at, sendingId: id } = fact
    const [person, badges, view] = await Promise.all([personOf(user, channel.id), callers.badgesOf(channel.id, user.id), gifts.catalogue.at(gift.id, gift.version)])
    const line: ChatLine = { type: 'gift', name: person.displayName, id, sender: { ...person, ...badges }, gift: view, quantity, total, combo }
    await write(channel, { id, broadcastId, offsetMs, at }, line, user.id)
  })

  outbox.on('packet-sent', async ({ packetId, channelId }) => {
    const { packet, view } = await gifts.packets.packetOf(packetId)
    const [channel, user] = await Promise.all([channels.get(channelId), users.get(packet.senderId)])
    if (!channel || !user) return
    const sender = await personOf(user, channel.id)
    const { id, broadcastId, offsetMs, at } = packet
    await write(channel, { id, broadcastId, offsetMs, at: at.toISOString() }, { type: 'packet', name: sender.displayName, sender, packet: { ...view, sender } }, user.id)
  })
}
