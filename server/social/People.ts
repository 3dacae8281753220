// People as pages see them: profiles, lists of followers, follows, friends and blocks, and who of them is on air.
import type { Knex } from 'knex'
import { findProfile } from '../accounts/profileStore.ts'
import { findUser, findUsers, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { FollowedLive, FollowView, PeopleList, PeoplePage, PeopleQuery, ProfileView } from '../contract/social.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { countsOf } from './followStore.ts'
import { relationsTo } from './relations.ts'

/** What is on air anywhere, as this room needs to know it. */
export type OnAir = {
  of(channelId: ChannelId): Promise<BroadcastView | undefined>
  all(): Promise<ReadonlyArray<{ readonly channelId: ChannelId; readonly broadcast: BroadcastView }>>
}
type ListRow = { mark: string | number; id: UserId }

const COVER_MS = 10_000
const isLive = (broadcast: BroadcastView | undefined): boolean => broadcast?.state === 'live' || broadcast?.state === 'interrupted'

export class People {
  readonly #database: Database
  readonly #channels: Channels
  readonly #onAir: OnAir

  constructor({ database, channels, onAir }: { database: Database; channels: Channels; onAir: OnAir }) {
    this.#database = database
    this.#channels = channels
    this.#onAir = onAir
  }

  /** @throws AppError user-not-found */
  async byName(name: string): Promise<User> {
    const user = await findUser(this.#database, { name: name.toLowerCase() })
    if (!user || user.disabled) throw new AppError('user-not-found', { message: `There is nobody called ${name}` })
    return user
  }

  async profile(user: User, me: User | undefined): Promise<ProfileView> {
    const [profile, relationOf, counts, channel] = await Promise.all([
      findProfile(this.#database, user.id),
      relationsTo(this.#database, me?.id, [user.id]),
      countsOf(this.#database, user.id),
      this.#channels.ownedBy(user.id),
    ])
    const broadcast = channel && (await this.#onAir.of(channel.id))
    return {
      person: viewPerson(user),
      bio: profile?.bio ?? '',
      links: profile?.links ?? [],
      ...counts,
      ...relationOf(user.id),
      isMe: me?.id === user.id,
      channel: channel ? { name: channel.name, title: channel.title } : null,
      live: broadcast && isLive(broadcast) ? broadcast : null,
    }
  }

  async relation(user: User, me: User): Promise<FollowView> {
    const [relationOf, { followers }] = await Promise.all([relationsTo(this.#database, me.id, [user.id]), countsOf(this.#database, user.id)])
    return { ...relationOf(user.id), followers }
  }

  async list(user: User, list: PeopleList, query: PeopleQuery, me: User | undefined): Promise<PeoplePage> {
    const follows = this.#database('follows')
    if (list === 'followers') return this.#page(follows.where('follows.followed_id', user.id), { mark: 'follows.id', person: 'follows.follower_id' }, query, me)
    void follows.where('follows.follower_id', user.id)
    if (list === 'friends') void follows.join({ back: 'follows' }, (join) => join.on('back.follower_id', 'follows.followed_id').on('back.followed_id', 'follows.follower_id'))
    return this.#page(follows, { mark: 'follows.id', person: 'follows.followed_id' }, query, me)
  }

  blocked(me: User, query: PeopleQuery): Promise<PeoplePage> {
    return this.#page(this.#database('blocks').where('blocks.blocker_id', me.id), { mark: 'blocks.id', person: 'blocks.blocked_id' }, query, me)
  }

  /** Whom the user follows and who is on air, most viewers first. */
  async followedLive(me: User): Promise<FollowedLive[]> {
    const live = (await this.#onAir.all()).filter(({ broadcast }) => isLive(broadcast) && broadcast.liveAt !== null)
    if (live.length === 0) return []
    const rows = (await this.#database('follows')
      .join('channels', 'channels.owner_id', 'follows.followed_id')
      .where('follows.follower_id', me.id)
      .whereIn('channels.id', live.map(({ channelId }) => channelId))
      .select('channels.id', { owner_id: 'follows.followed_id' })) as Array<{ id: ChannelId; owner_id: UserId }>
    const people = new Map((await findUsers(this.#database, rows.map((row) => row.owner_id))).map((user) => [user.id, viewPerson(user)]))
    const owners = new Map(rows.map((row) => [row.id, row.owner_id]))
    return live
      .flatMap(({ channelId, broadcast }) => {
        const person = people.get(owners.get(channelId) ?? ('' as UserId))
        if (!person) return []
        const { channel, title, viewers, liveAt } = broadcast
        return [{ person, channel, title, viewers, liveAt: liveAt ?? '', coverUrl: `/snapshots/${channel}.jpg?t=${Math.floor(Date.now() / COVER_MS)}` }]
      })
      .sort((a, b) => b.viewers - a.viewers || a.liveAt.localeCompare(b.liveAt))
  }

  /** One page of a list whose `mark` falls: what is added meanwhile stands before it, so nothing is skipped or shown twice. */
  async #page(rows: Knex.QueryBuilder, { mark, person }: { mark: string; person: string }, { q, after, limit }: PeopleQuery, me: User | undefined): Promise<PeoplePage> {
    void rows.join('users', 'users.id', person).where('users.disabled', false)
    if (after !== undefined) void rows.where(mark, '<', after)
    if (q !== '') {
      const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
      void rows.where((either) => void either.where('users.name', 'like', like.toLowerCase()).orWhere('users.display_name', 'like', like))
    }
    const found = (await rows.orderBy(mark, 'desc').limit(limit + 1).select({ mark, id: person })) as ListRow[]
    const shown = found.slice(0, limit)
    const ids = shown.map(({ id }) => id)
    const [users, relationOf, channels] = await Promise.all([
      findUsers(this.#database, ids),
      relationsTo(this.#database, me?.id, ids),
      this.#database('channels').whereIn('owner_id', ids).select('id', 'name', 'owner_id') as Promise<Array<{ id: ChannelId; name: string; owner_id: UserId }>>,
    ])
    const onAir = new Set((await this.#onAir.all()).filter(({ broadcast }) => isLive(broadcast)).map(({ channelId }) => channelId))
    const userOf = new Map(users.map((user) => [user.id, user]))
    const channelOf = new Map(channels.map((channel) => [channel.owner_id, channel]))
    return {
      people: ids.flatMap((id) => {
        const user = userOf.get(id)
        const channel = channelOf.get(id)
        return user ? [{ person: viewPerson(user), ...relationOf(id), channel: channel?.name ?? null, live: channel !== undefined && onAir.has(channel.id) }] : []
      }),
      next: found.length > limit ? String(shown.at(-1)?.mark) : null,
    }
  }
}
