// Who guards whom now: asked for every author of a message, every reader of a chat and every gift.
import type { GuardTerm } from '../contract/guard.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Bus } from '../realtime/Bus.ts'
import { guardsOf } from './guardStore.ts'
import { termAt } from './guardTime.ts'
import type { GuardTime } from './guardTime.ts'

/** The Bus tells sooner; this holds where its word was lost. */
const KEEP_MS = 2000

export class Guards {
  readonly #bus: Bus
  /** All guards of a channel at once: one question, however many ask about its people. */
  readonly #channels: Remembered<ChannelId, Map<UserId, GuardTime>>

  constructor({ database, bus }: { database: Database; bus: Bus }) {
    this.#bus = bus
    this.#channels = new Remembered({ keepMs: KEEP_MS, load: (channelId) => guardsOf(database, channelId, new Date()) })
    bus.on('guard-changed', this.#onChanged)
  }

  /** The longest term a user guards the channel for now; null: no guard. Kept for 2 s at most. */
  async of(channelId: ChannelId, userId: UserId): Promise<GuardTerm | null> {
    const time = (await this.#channels.get(channelId)).get(userId)
    return time ? termAt(time, new Date()) : null
  }

  close(): void {
    this.#bus.off('guard-changed', this.#onChanged)
  }

  readonly #onChanged = ({ channelId }: { channelId: ChannelId }): void => this.#channels.forget(channelId)
}
