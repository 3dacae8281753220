// The host's share of gifts: a channel's own where an operator has set one, else the platform's.
import type { ChannelId } from '../contract/ids.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { requireSoundRates } from '../wallet/requireSoundRates.ts'

const KEEP_MS = 2000

export class Shares {
  readonly #database: Database
  readonly #rates: RateBook
  readonly #own: Remembered<ChannelId, number | null>

  constructor({ database, rates }: { database: Database; rates: RateBook }) {
    this.#database = database
    this.#rates = rates
    this.#own = new Remembered({ keepMs: KEEP_MS, load: (channelId) => this.ownOf(channelId) })
  }

  /** In basis points; at most 2 s old. */
  async of(channelId: ChannelId): Promise<number> {
    return (await this.#own.get(channelId)) ?? (await this.#rates.now()).giftShare
  }

  /** The channel's own; null: the platform's holds. */
  async ownOf(channelId: ChannelId): Promise<number | null> {
    const row = (await this.#database('gift_shares').where({ channel_id: channelId }).first('share')) as { share: number } | undefined
    return row?.share ?? null
  }

  /** @param within the transaction that records who did it. @throws AppError bad-request where coins could be made of nothing */
  async set(channelId: ChannelId, share: number | null, within: Database): Promise<void> {
    if (share !== null) requireSoundRates(await this.#rates.now(), share)
    if (share === null) await within('gift_shares').where({ channel_id: channelId }).delete()
    else await within('gift_shares').insert({ channel_id: channelId, share }).onConflict('channel_id').merge()
    this.#own.forget(channelId)
  }
}
