// What each user wants of private chat: who may begin to write, and whether others see what was read.
import type { UserId } from '../contract/ids.ts'
import type { PrivateSettings } from '../contract/privateChat.ts'
import type { Database } from '../db/openDatabase.ts'

type Row = { user_id: UserId; followed_only: number; read_receipts: number }

export class PrivatePreferences {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** What was chosen, or how it is by default. */
  async of(userId: UserId): Promise<PrivateSettings> {
    const row = await this.#database<Row>('private_settings').where({ user_id: userId }).first()
    return { followedOnly: Boolean(row?.followed_only ?? false), readReceipts: Boolean(row?.read_receipts ?? true) }
  }

  async change(userId: UserId, { followedOnly, readReceipts }: Partial<PrivateSettings>): Promise<PrivateSettings> {
    const change = { ...(followedOnly === undefined ? {} : { followed_only: followedOnly }), ...(readReceipts === undefined ? {} : { read_receipts: readReceipts }) }
    if (Object.keys(change).length > 0) await this.#database('private_settings').insert({ user_id: userId, ...change }).onConflict('user_id').merge(change)
    return this.of(userId)
  }

  async forget(userId: UserId): Promise<void> {
    await this.#database('private_settings').where({ user_id: userId }).delete()
  }
}
