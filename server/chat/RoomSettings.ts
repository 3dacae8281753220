// How each channel's chat is set: its modes and its pinned message.
import { openModes } from '../contract/chat.ts'
import type { ChatMessage, ChatModes } from '../contract/chat.ts'
import type { ChannelId } from '../contract/ids.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { findMessage, readJson } from './chatStore.ts'
import { lockRoom } from './MessageWriter.ts'

/** How stale settings may be when another server's word was lost. */
const KEEP_MS = 2000

export type RoomState = { readonly modes: ChatModes; readonly pinned: ChatMessage | null }

export class RoomSettings {
  readonly #database: Database
  readonly #states: Remembered<ChannelId, RoomState>

  constructor({ database }: { database: Database }) {
    this.#database = database
    this.#states = new Remembered({ keepMs: KEEP_MS, load: (channelId) => this.#load(channelId) })
  }

  of(channelId: ChannelId): Promise<RoomState> {
    return this.#states.get(channelId)
  }

  forget(channelId: ChannelId): void {
    this.#states.forget(channelId)
  }

  /** @returns all modes as they now are */
  async setModes(channelId: ChannelId, change: Partial<ChatModes>): Promise<ChatModes> {
    const modes = await transact(this.#database, async (transaction) => {
      await lockRoom(transaction, channelId)
      const row = (await transaction('chat_rooms').where({ channel_id: channelId }).first('modes')) as { modes: unknown } | undefined
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next: ChatModes = { ...openModes, ...readJson<Partial<ChatModes>>(row?.modes), ...given }
      await transaction('chat_rooms').where({ channel_id: channelId }).update({ modes: JSON.stringify(next) })
      return next
    })
    this.forget(channelId)
    return modes
  }

  async pin(channelId: ChannelId, id: string | null): Promise<void> {
    await transact(this.#database, async (transaction) => {
      await lockRoom(transaction, channelId)
      await transaction('chat_rooms').where({ channel_id: channelId }).update({ pinned_id: id })
    })
    this.forget(channelId)
  }

  async #load(channelId: ChannelId): Promise<RoomState> {
    const row = (await this.#database('chat_rooms').where({ channel_id: channelId }).first('modes', 'pinned_id')) as { modes: unknown; pinned_id: string | null } | undefined
    const pinned = row?.pinned_id ? await findMessage(this.#database, channelId, row.pinned_id) : undefined
    return { modes: { ...openModes, ...readJson<Partial<ChatModes>>(row?.modes) }, pinned: pinned?.state === 'said' ? pinned.message : null }
  }
}
