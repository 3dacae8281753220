// Who gave most, and who was given most: rankings as pages see them.
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { findChannels } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { RankedPerson, Ranking, RankingPeriod } from '../contract/gifts.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { periodName } from './boards.ts'
import type { Board, BoardKey } from './boards.ts'
import type { RankingBook } from './RankingBook.ts'
import { placeIn } from './sumStore.ts'

const SHOWN = 50
/** Some of the first may be people whose account is closed. */
const READ = 70
const KEEP_MS = 1000

export class Rankings {
  readonly #database: Database
  readonly #book: RankingBook
  readonly #shown: Remembered<string, readonly RankedPerson[]>

  constructor({ database, book }: { database: Database; book: RankingBook }) {
    this.#database = database
    this.#book = book
    this.#shown = new Remembered({ keepMs: KEEP_MS, load: (key) => this.#load(key) })
  }

  /** Who gave to a channel; `show`: the running broadcast, or the last. */
  async ofChannel(channelId: ChannelId, period: RankingPeriod, reader: User | undefined): Promise<Ranking> {
    const broadcastId = period === 'show' ? await this.#lastShow(channelId) : null
    return this.#ranking({ board: `c:${channelId}`, period: periodName(period, Date.now(), broadcastId) }, reader && { id: reader.id, reader, channel: null })
  }

  async ofPlatform(side: 'host' | 'sender', period: Exclude<RankingPeriod, 'show'>, reader: User | undefined, own: Channel | undefined): Promise<Ranking> {
    const key: BoardKey = { board: side === 'host' ? 'hosts' : 'senders', period: periodName(period, Date.now()) }
    if (side === 'sender') return this.#ranking(key, reader && { id: reader.id, reader, channel: null })
    return this.#ranking(key, reader && own && { id: own.id, reader, channel: own.name })
  }

  /** The first three of a show, now. */
  async topThree(channelId: ChannelId, broadcastId: BroadcastId): Promise<readonly RankedPerson[]> {
    return (await this.#load(keyOf({ board: `c:${channelId}`, period: periodName('show', 0, broadcastId) }))).slice(0, 3)
  }

  async #ranking(key: BoardKey, me: { readonly id: string; readonly reader: User; readonly channel: string | null } | undefined): Promise<Ranking> {
    const people = await this.#shown.get(keyOf(key))
    if (!me) return { people, me: null }
    const shown = people.find(({ person }) => person.id === me.reader.id)
    if (shown) return { people, me: shown }
    const place = await placeIn(this.#database, key, me.id)
    return { people, me: place ? { rank: place.rank, person: viewPerson(me.reader), coins: String(place.total), channel: me.channel } : null }
  }

  async #load(joined: string): Promise<readonly RankedPerson[]> {
    const [board = '', period = ''] = joined.split(' ')
    const places = await this.#book.top({ board: board as Board, period }, READ)
    const ids = places.map(({ subjectId }) => subjectId)
    const people = board === 'hosts' ? await this.#hosts(ids as ChannelId[]) : await this.#senders(ids as UserId[])
    return places
      .flatMap(({ subjectId, total }) => {
        const found = people.get(subjectId)
        return found ? [{ person: viewPerson(found.user), coins: String(total), channel: found.channel }] : []
      })
      .slice(0, SHOWN)
      .map((one, index) => ({ rank: index + 1, ...one }))
  }

  async #senders(ids: readonly UserId[]): Promise<ReadonlyMap<string, { user: User; channel: string | null }>> {
    const users = await findUsers(this.#database, ids)
    return new Map(users.filter(({ disabled }) => !disabled).map((user) => [user.id, { user, channel: null }]))
  }

  async #hosts(ids: readonly ChannelId[]): Promise<ReadonlyMap<string, { user: User; channel: string | null }>> {
    const channels = await findChannels(this.#database, ids)
    const owners = await this.#senders(channels.map(({ ownerId }) => ownerId))
    return new Map(channels.flatMap(({ id, ownerId, name }) => {
      const owner = owners.get(ownerId)
      return owner ? [[id, { user: owner.user, channel: name }]] : []
    }))
  }

  async #lastShow(channelId: ChannelId): Promise<BroadcastId | null> {
    const row = (await this.#database('broadcasts').where({ channel_id: channelId }).orderBy('started_at', 'desc').first('id')) as { id: BroadcastId } | undefined
    return row?.id ?? null
  }
}

const keyOf = ({ board, period }: BoardKey): string => `${board} ${period}`
