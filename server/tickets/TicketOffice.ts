// Answers the live room's question who may receive a paid show, and does what has to come first: begins a preview, charges a minute.
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastId, ChannelId, UserId } from '../contract/ids.ts'
import { may } from '../contract/permissions.ts'
import type { AccessView } from '../contract/tickets.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Show, ShowAccess, ShowRequest } from '../live/ShowAccess.ts'
import type { Who } from '../live/whoWatches.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Bus } from '../realtime/Bus.ts'
import { decideAccess } from './decideAccess.ts'
import type { Decision } from './decideAccess.ts'
import type { Minutes } from './Minutes.ts'
import type { Previews } from './Previews.ts'
import { findHolding, findSoldShow } from './ticketStore.ts'
import type { Holding, SoldShow } from './ticketStore.ts'
import type { TicketSales } from './TicketSales.ts'

/** How stale an answer may be where another server's word was lost. */
const KEEP_MS = 2000
/** The length of a replay changes once, when it is finished. */
const SHOW_KEEP_MS = 2000

export type TicketOfficeDeps = { readonly database: Database; readonly standings: Standings; readonly previews: Previews; readonly minutes: Minutes; readonly sales: TicketSales; readonly bus: Bus }

const nothing: Holding = { ticket: null, consent: null, minutesRefunded: false }

export class TicketOffice implements ShowAccess {
  readonly #deps: TicketOfficeDeps
  readonly #holdings: Remembered<string, Holding>
  readonly #ended: Remembered<BroadcastId, SoldShow | undefined>
  /** Of each person that is remembered here, by channel: what to forget when something of theirs changes. */
  readonly #forget = ({ userId }: { channelId: ChannelId; userId: UserId; broadcastId: BroadcastId }): void => this.forget(userId)
  readonly #keysOf = new Map<UserId, Set<string>>()

  constructor(deps: TicketOfficeDeps) {
    this.#deps = deps
    this.#holdings = new Remembered({ keepMs: KEEP_MS, load: (key) => this.#load(key) })
    this.#ended = new Remembered({ keepMs: SHOW_KEEP_MS, load: (id) => findSoldShow(deps.database, id) })
    deps.bus.on('ticket-changed', this.#forget)
  }

  /** What is remembered of a person may be wrong from now on. */
  forget(userId: UserId): void {
    for (const key of this.#keysOf.get(userId) ?? []) this.#holdings.forget(key)
    this.#keysOf.delete(userId)
  }

  async of({ channel, show, who, takes }: ShowRequest): Promise<AccessView | null> {
    if (show.ticket === null) return null
    const exempt = may((await this.#deps.standings.of(channel)).roleOf(who.user), 'ticket:exempt')
    let decision = await this.#decide({ show, who, exempt })
    if (takes && decision.first) {
      if (decision.first === 'begin-preview') await this.#deps.previews.begin(show.id, who)
      else await this.#charge(show, who)
      decision = await this.#decide({ show, who, exempt })
    }
    return this.#view(channel, show, who, decision)
  }

  close(): void {
    this.#deps.bus.off('ticket-changed', this.#forget)
  }

  async #decide({ show, who, exempt }: { show: Show; who: Who; exempt: boolean }): Promise<Decision> {
    const [{ ticket, consent }, previewBeganAt] = exempt ? [nothing, null] : await Promise.all([this.#holdingOf(show, who), this.#deps.previews.beganAt(show.id, who)])
    return decideAccess({
      exempt,
      held: ticket === 'held' || (!exempt && (await this.#paidInFull(show, who))),
      paidUntil: consent?.paidUntil?.getTime() ?? null,
      going: consent?.going ?? false,
      previewSeconds: show.ticket?.previewSeconds ?? 0,
      previewBeganAt,
      state: show.state,
      now: Date.now(),
    })
  }

  /** A kept show by the minute is one's own when its minutes were paid for. */
  async #paidInFull(show: Show, who: Who): Promise<boolean> {
    if (show.state !== 'ended' || show.ticket?.kind !== 'minute' || !who.user) return false
    return (await this.#priceOf(show, who)) === 0n
  }

  async #priceOf(show: Show, who: Who): Promise<bigint | null> {
    if (show.ticket === null) return null
    if (show.state !== 'ended') return show.ticket.kind === 'show' ? BigInt(show.ticket.price) : null
    const kept = await this.#ended.get(show.id)
    return kept?.state === 'ended' ? this.#deps.sales.priceOf(kept, who.user?.id) : null
  }

  async #charge(show: Show, { user }: Who): Promise<void> {
    if (!user) return
    await this.#deps.minutes.charge(show.id, user.id)
    this.forget(user.id)
  }

  #holdingOf(show: Show, { user }: Who): Promise<Holding> | Holding {
    if (!user) return nothing
    const key = `${show.id} ${user.id}`
    const keys = this.#keysOf.get(user.id)
    if (keys) keys.add(key)
    else this.#keysOf.set(user.id, new Set([key]))
    return this.#holdings.get(key)
  }

  #load(key: string): Promise<Holding> {
    const [broadcastId, userId] = key.split(' ') as [BroadcastId, UserId]
    return findHolding(this.#deps.database, broadcastId, userId)
  }

  async #view(channel: Channel, show: Show, who: Who, { access, until }: Decision): Promise<AccessView | null> {
    if (show.ticket === null) return null
    const { ticket, consent, minutesRefunded } = await this.#holdingOf(show, who)
    const refunded = ticket === 'refunded' || minutesRefunded
    const price = access === 'held' || access === 'exempt' || refunded || who.user?.id === channel.ownerId ? null : await this.#priceOf(show, who)
    return {
      broadcastId: show.id,
      terms: show.ticket,
      access,
      until: until === null ? null : new Date(until).toISOString(),
      price: price === null ? null : String(price),
      minutes: consent && { going: consent.going, minutes: consent.minutes, spent: String(consent.spent), cap: consent.cap === null ? null : String(consent.cap), stopped: consent.stopped },
      refunded,
    }
  }
}
