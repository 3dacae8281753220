// Who helps a host keep order: at most twenty a channel, added and removed by name.
import { EventEmitter } from 'node:events'
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import { MAX_MODERATORS } from '../contract/moderation.ts'
import type { ModeratorView } from '../contract/moderation.ts'
import { may } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Bus } from '../realtime/Bus.ts'
import type { Audit } from './Audit.ts'
import { roleIn } from './roleIn.ts'
import { requireUpperHand } from './requireUpperHand.ts'
import { endSanctions } from './sanctionStore.ts'
import { isModerator, raiseRevision } from './standingStore.ts'

type Change = { readonly channel: Channel; readonly actor: User; readonly target: User; readonly reason: string }
export type ModeratorEvents = {
  /** Once an appointment, on the server where it was made. */
  'moderator-added': [{ channel: Channel; actor: User; target: User }]
}
type Row = { user_id: UserId; added_by: UserId | null; added_at: Date }

export class Moderators extends EventEmitter<ModeratorEvents> {
  readonly #database: Database
  readonly #bus: Bus
  readonly #audit: Audit

  constructor({ database, bus, audit }: { database: Database; bus: Bus; audit: Audit }) {
    super()
    this.#database = database
    this.#bus = bus
    this.#audit = audit
  }

  /** A mute or ban of the new moderator ends with it; one who is a moderator already stays so. @throws AppError forbidden (also: platform staff laid the mute or ban), too-many-moderators */
  async add({ channel, actor, target, reason }: Change): Promise<void> {
    const added = await this.#act({ channel, actor }, async (within) => {
      if (roleIn(channel, target, false) !== 'viewer') throw new AppError('forbidden', { message: 'The host and the platform’s staff keep order here anyway' })
      if (await isModerator(within, channel.id, target.id)) return false
      const [{ count }] = (await within('channel_moderators').where({ channel_id: channel.id }).count({ count: '*' })) as unknown as [{ count: string | number }]
      if (Number(count) >= MAX_MODERATORS) throw new AppError('too-many-moderators', { message: `A channel has at most ${MAX_MODERATORS} moderators` })
      for (const hold of ['mute', 'out'] as const) await requireUpperHand(within, { channel, actor, target, hold })
      await within('channel_moderators').insert({ channel_id: channel.id, user_id: target.id, added_by: actor.id, added_at: new Date() })
      const ended = [await endSanctions(within, { channelId: channel.id, userId: target.id, hold: 'mute', byId: actor.id }), await endSanctions(within, { channelId: channel.id, userId: target.id, hold: 'out', byId: actor.id })]
      const lifted = ended.flatMap((sanction) => (sanction ? [sanction.kind] : []))
      await this.#audit.record({ actorId: actor.id, channelId: channel.id, action: 'moderator:add', targetId: target.id, reason, detail: { lifted } }, within)
      return true
    })
    if (added) this.emit('moderator-added', { channel, actor, target })
  }

  /** @throws AppError forbidden, not-found (no moderator of this channel) */
  async remove({ channel, actor, target, reason }: Change): Promise<void> {
    await this.#act({ channel, actor }, async (within) => {
      const removed = await within('channel_moderators').where({ channel_id: channel.id, user_id: target.id }).delete()
      if (removed === 0) throw new AppError('not-found', { message: `${target.name} is no moderator of ${channel.name}` })
      await this.#audit.record({ actorId: actor.id, channelId: channel.id, action: 'moderator:remove', targetId: target.id, reason, detail: {} }, within)
    })
  }

  /** Takes a deleted account off every list. */
  async forget(userId: UserId): Promise<void> {
    const rows = (await this.#database('channel_moderators').where({ user_id: userId }).select('channel_id')) as Array<{ channel_id: ChannelId }>
    for (const { channel_id: channelId } of rows) {
      await transact(this.#database, async (within) => {
        await raiseRevision(within, channelId)
        await within('channel_moderators').where({ channel_id: channelId, user_id: userId }).delete()
      })
      this.#bus.tell('standing-changed', { channelId })
    }
  }

  /** The longest-serving first. */
  async list(channel: Channel): Promise<ModeratorView[]> {
    const rows = (await this.#database('channel_moderators').where({ channel_id: channel.id }).orderBy('added_at')) as Row[]
    const ids = [...new Set(rows.flatMap(({ user_id, added_by }) => (added_by ? [user_id, added_by] : [user_id])))]
    const people = new Map((await findUsers(this.#database, ids)).map((user) => [user.id, viewPerson(user)]))
    return rows.flatMap(({ user_id, added_by, added_at }) => {
      const person = people.get(user_id)
      return person ? [{ person, by: (added_by && people.get(added_by)) || null, at: added_at.toISOString() }] : []
    })
  }

  async #act<T>({ channel, actor }: Pick<Change, 'channel' | 'actor'>, work: (within: Database) => Promise<T>): Promise<T> {
    if (!may(roleIn(channel, actor, false), 'moderators:set')) throw new AppError('forbidden', { message: 'Only the host appoints moderators' })
    const done = await transact(this.#database, async (within) => {
      await raiseRevision(within, channel.id)
      return work(within)
    })
    this.#bus.tell('standing-changed', { channelId: channel.id })
    return done
  }
}
