// What each visitor is and may in a channel right now: roles, mutes, and who is kept out.
import type { User } from '../accounts/userStore.ts'
import type { Visitor } from '../accounts/Visitors.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import type { ChannelRole } from '../contract/people.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Bus } from '../realtime/Bus.ts'
import { ChannelStanding } from './ChannelStanding.ts'
import { addTraces, raiseRevision, readRevision, readStanding } from './standingStore.ts'

/** `until` null: for good. */
export type Sanction = { readonly until: Date | null; readonly reason: string }

export interface Standing {
  roleOf(user: User | undefined): ChannelRole
  /** Null: may write. A mute "for this show" holds while its broadcast runs. */
  mutedOf(user: User, broadcastId: BroadcastId | null): Sanction | null
  /** Null: may watch and chat. Holds for the user, for the browser it was used from, and for visitors from its address who are not logged in. */
  keptOut(who: Visitor & { readonly user: User | undefined }): Sanction | null
  /** Whether the account itself is kept out, wherever it comes from. */
  bars(user: User): boolean
}

/** How long a cache lives when another server's word was lost. */
const FRESH_MS = 2000
const MAX_CHANNELS = 2000

type Cached = { readonly loading: Promise<Standing>; readonly revision: Promise<number>; checkedAt: number; checking: Promise<boolean> | null }

export class Standings {
  readonly #database: Database
  readonly #bus: Bus
  readonly #log: Logger
  readonly #cache = new Map<ChannelId, Cached>()
  readonly #forget = ({ channelId }: { channelId: ChannelId }): void => void this.#cache.delete(channelId)

  constructor({ database, bus, log }: { database: Database; bus: Bus; log: Logger }) {
    this.#database = database
    this.#bus = bus
    this.#log = log
    bus.on('standing-changed', this.#forget)
  }

  /** The channel's standing as of now (at most 2 s old when another server's word was lost). */
  async of(channel: Channel): Promise<Standing> {
    const cached = this.#cache.get(channel.id)
    if (!cached) return this.#load(channel)
    if (Date.now() - cached.checkedAt < FRESH_MS) return cached.loading
    cached.checking ??= this.#isCurrent(channel.id, cached).finally(() => (cached.checking = null))
    if (await cached.checking) return cached.loading
    // Another caller may have loaded it anew meanwhile.
    if (this.#cache.get(channel.id) === cached) this.#cache.delete(channel.id)
    return this.#cache.get(channel.id)?.loading ?? this.#load(channel)
  }

  close(): void {
    this.#bus.off('standing-changed', this.#forget)
    this.#cache.clear()
  }

  async #isCurrent(channelId: ChannelId, cached: Cached): Promise<boolean> {
    const askedAt = Date.now()
    const [before, now] = await Promise.all([cached.revision, readRevision(this.#database, channelId)])
    if (before === now) cached.checkedAt = askedAt
    return before === now
  }

  #load(channel: Channel): Promise<Standing> {
    // The revision is read before the facts: what changes between the two is loaded once more, never missed.
    const revision = readRevision(this.#database, channel.id)
    const loading = revision.then(() => readStanding(this.#database, channel.id)).then((snapshot) => new ChannelStanding({ channel, snapshot, onNewTrace: (id, visitor) => this.#learn(channel.id, id, visitor) }))
    const cached: Cached = { loading, revision, checkedAt: Date.now(), checking: null }
    loading.catch(() => this.#cache.get(channel.id) === cached && this.#cache.delete(channel.id))
    revision.catch(() => undefined)
    if (this.#cache.size >= MAX_CHANNELS) for (const id of [...this.#cache.keys()].slice(0, MAX_CHANNELS / 2)) this.#cache.delete(id)
    this.#cache.set(channel.id, cached)
    return loading
  }

  /** One kept out came with another browser: that one is kept out from now on, whoever sits before it. */
  #learn(channelId: ChannelId, sanctionId: string, visitor: Visitor): void {
    addTraces(this.#database, sanctionId, [visitor])
      .then(async (added) => {
        if (added === 0) return
        await raiseRevision(this.#database, channelId)
        this.#bus.tell('standing-changed', { channelId })
      })
      .catch((error: unknown) => this.#log.warn({ err: error, channelId }, 'a browser that is kept out could not be remembered'))
  }
}
