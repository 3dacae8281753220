// Mutes, kicks and bans: who may lay them on whom, kept with their record, and told to every server at once.
import type { User } from '../accounts/userStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import type { SanctionKind, SanctionPage, SanctionView } from '../contract/moderation.ts'
import { may, outranks } from '../contract/permissions.ts'
import type { Action } from '../contract/permissions.ts'
import type { ChannelRole } from '../contract/people.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Bus, Subject } from '../realtime/Bus.ts'
import type { Audit } from './Audit.ts'
import { findLiveVisitors } from './findLiveVisitors.ts'
import { roleIn } from './roleIn.ts'
import { requireMayMute, requireUpperHand } from './requireUpperHand.ts'
import type { GuardTerms } from './requireUpperHand.ts'
import { endSanctions, findHolding, findSanction, holdOf, insertSanction, listSanctions } from './sanctionStore.ts'
import type { Hold } from './sanctionStore.ts'
import { addTraces, isModerator, raiseRevision } from './standingStore.ts'

/** The channel's running broadcast, whichever server carries it. */
export type RunningBroadcast = (channelId: ChannelId) => Promise<BroadcastId | null>
export type SanctionsOptions = { readonly database: Database; readonly bus: Bus; readonly sockets: FootlightServer; readonly audit: Audit; readonly running: RunningBroadcast; readonly guards: GuardTerms; readonly log: Logger }

type Between = { readonly channel: Channel; readonly target: User; readonly reason: string }
type ByPerson = Between & { readonly actor: User }
/** `until`: `show` while the running broadcast lasts, null for good. `actor` null: the word filter. */
export type MuteRequest = Between & { readonly actor: User | null; readonly until: Date | 'show' | null }

export class Sanctions {
  readonly #options: SanctionsOptions

  constructor(options: SanctionsOptions) {
    this.#options = options
  }

  /**
   * Replaces a former mute. The word filter mutes viewers only, no year guards, and replaces no person's mute: null then.
   * @throws AppError forbidden (also: a higher role laid the former one; a year guard, and not the host), channel-offline (`show` without a running broadcast)
   */
  async mute(request: MuteRequest & { actor: User }): Promise<SanctionView>
  async mute(request: MuteRequest): Promise<SanctionView | null>
  async mute({ until, ...request }: MuteRequest): Promise<SanctionView | null> {
    const broadcastId = until === 'show' ? await this.#options.running(request.channel.id) : null
    if (until === 'show' && !broadcastId) throw new AppError('channel-offline', { message: 'There is no show to mute for' })
    const id = await this.#lay('mute', { ...request, broadcastId, until: until === 'show' ? null : until })
    if (id === null) return null
    this.#told(request.channel)
    return findSanction(this.#options.database, id)
  }

  /** @throws AppError forbidden (also: a year guard, and not the host), not-found (not muted) */
  async unmute(request: ByPerson): Promise<void> {
    await this.#end('unmute', 'mute', request)
  }

  /** Out at once on every server and by every protocol, and not back before `until`. Replaces a former kick or ban. @throws AppError forbidden (also: a higher role laid the former one) */
  async kick({ until, ...request }: ByPerson & { readonly until: Date }): Promise<SanctionView> {
    return this.#keepOut('kick', { ...request, until })
  }

  /** Out for good. Replaces a former kick. @throws AppError forbidden (also: a higher role laid the former one) */
  async ban(request: ByPerson): Promise<SanctionView> {
    return this.#keepOut('ban', { ...request, until: null })
  }

  /** Ends a kick or a ban. @throws AppError forbidden, not-found (not kept out) */
  async lift(request: ByPerson): Promise<void> {
    await this.#end('lift', 'out', request)
  }

  /** What holds in the channel now, newest first; of one user when `target` is given. */
  async list({ channel, target, before, limit }: { channel: Channel; target?: User; before?: string | undefined; limit: number }): Promise<SanctionPage> {
    const runningId = await this.#options.running(channel.id)
    return listSanctions(this.#options.database, { channelId: channel.id, ...(target ? { userId: target.id } : {}), runningId, before, limit })
  }

  async #keepOut(kind: 'kick' | 'ban', request: ByPerson & { readonly until: Date | null }): Promise<SanctionView> {
    const { database, bus, sockets, log } = this.#options
    const { channel, target, until, reason } = request
    const visitors = await findLiveVisitors(sockets, target.id, log)
    const id = await this.#lay(kind, { ...request, broadcastId: null, onLaid: async (within, sanctionId) => void (await addTraces(within, sanctionId, visitors)) })
    if (id === null) throw new AppError('forbidden')
    this.#told(channel)
    const subjects: Subject[] = [{ userId: target.id, visitorId: null, addressHash: null }, ...visitors.map(({ visitorId, addressHash }) => ({ userId: null, visitorId, addressHash }))]
    for (const subject of subjects) bus.tell('kept-out', { channelId: channel.id, subject, until: until?.toISOString() ?? null, reason })
    return findSanction(database, id)
  }

  /** @returns the sanction's id; null: the filter has nothing to say to this target */
  async #lay(
    kind: SanctionKind,
    { channel, actor, target, until, broadcastId, reason, onLaid }: Between & { readonly actor: User | null; readonly until: Date | null; readonly broadcastId: BroadcastId | null; readonly onLaid?: (within: Database, id: string) => Promise<void> },
  ): Promise<string | null> {
    const { database, audit, guards } = this.#options
    return transact(database, async (within) => {
      await raiseRevision(within, channel.id)
      const targetRole = await this.#roleNow(within, channel, target)
      if (actor) {
        const role = await this.#roleNow(within, channel, actor)
        requireRank(kind, role, targetRole)
        if (kind === 'mute') await requireMayMute(guards, { channel, target, role })
      } else if (targetRole !== 'viewer' || (await guards.of(channel.id, target.id)) === 'year') return null
      if (kind !== 'mute' && targetRole !== 'viewer') throw new AppError('forbidden', { message: 'Take the moderator’s role away first' })
      if (actor) await requireUpperHand(within, { channel, actor, target, hold: holdOf(kind) })
      else if ((await findHolding(within, { channelId: channel.id, userId: target.id, hold: holdOf(kind) }))?.byId) return null
      const id = await insertSanction(within, { channelId: channel.id, userId: target.id, kind, broadcastId, until, reason, byId: actor?.id ?? null })
      await onLaid?.(within, id)
      const detail = { sanction: id, until: until?.toISOString() ?? null, ...(broadcastId ? { broadcast: broadcastId } : {}) }
      await audit.record({ actorId: actor?.id ?? null, channelId: channel.id, action: kind, targetId: target.id, reason, detail }, within)
      return id
    })
  }

  async #end(action: 'unmute' | 'lift', hold: Hold, { channel, actor, target, reason }: ByPerson): Promise<void> {
    const { database, audit, guards } = this.#options
    await transact(database, async (within) => {
      await raiseRevision(within, channel.id)
      const role = await this.#roleNow(within, channel, actor)
      requireRank(hold === 'mute' ? 'mute' : 'kick', role, await this.#roleNow(within, channel, target))
      if (hold === 'mute') await requireMayMute(guards, { channel, target, role })
      await requireUpperHand(within, { channel, actor, target, hold })
      const ended = await endSanctions(within, { channelId: channel.id, userId: target.id, hold, byId: actor.id })
      if (!ended) throw new AppError('not-found', { message: `Nothing to ${action}: no such sanction holds for ${target.name}` })
      await audit.record({ actorId: actor.id, channelId: channel.id, action, targetId: target.id, reason, detail: { sanction: ended.id, kind: ended.kind } }, within)
    })
    this.#told(channel)
  }

  /** Read within the act, past every cache: a moderator who was removed a moment ago is none. */
  async #roleNow(within: Database, channel: Channel, user: User): Promise<ChannelRole> {
    return roleIn(channel, user, await isModerator(within, channel.id, user.id))
  }

  #told(channel: Channel): void {
    this.#options.bus.tell('standing-changed', { channelId: channel.id })
  }
}

function requireRank(action: Action, actor: ChannelRole, target: ChannelRole): void {
  if (!may(actor, action)) throw new AppError('forbidden', { message: 'Only the host and moderators may do this' })
  if (!outranks(actor, target)) throw new AppError('forbidden', { message: 'This person has the same or a higher role here' })
}
