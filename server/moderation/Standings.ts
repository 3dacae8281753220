// What each visitor is and may in a channel right now: roles, mutes, and who is kept out.
import type { User } from '../accounts/userStore.ts'
import type { Visitor } from '../accounts/Visitors.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
import type { ChannelRole } from '../contract/people.ts'
import type { Logger } from '../core/logger.ts'
import { RevisedCache } from '../core/RevisedCache.ts'
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

export class Standings {
  readonly #database: Database
  readonly #bus: Bus
  readonly #log: Logger
  readonly #cache: RevisedCache<ChannelId, Standing>
  readonly #forget = ({ channelId }: { channelId: ChannelId }): void => this.#cache.forget(channelId)

  constructor({ database, bus, log }: { database: Database; bus: Bus; log: Logger }) {
    this.#database = database
    this.#bus = bus
    this.#log = log
    this.#cache = new RevisedCache({ freshMs: FRESH_MS, maxKeys: MAX_CHANNELS, revisionOf: (channelId) => readRevision(database, channelId) })
    bus.on('standing-changed', this.#forget)
  }

  /** The channel's standing as of now (at most 2 s old when another server's word was lost). */
  of(channel: Channel): Promise<Standing> {
    return this.#cache.get(channel.id, () => this.#read(channel))
  }

  close(): void {
    this.#bus.off('standing-changed', this.#forget)
    this.#cache.forgetAll()
  }

  async #read(channel: Channel): Promise<Standing> {
    const snapshot = await readStanding(this.#database, channel.id)
    return new ChannelStanding({ channel, snapshot, onNewTrace: (id, visitor) => this.#learn(channel.id, id, visitor) })
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
