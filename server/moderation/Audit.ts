// The record of every act of keeping order: who, what, whom, why, when. Append only, but for the words of deleted accounts.
import { findUsers, viewPerson } from '../accounts/userStore.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { AuditPage } from '../contract/moderation.ts'
import type { Database } from '../db/openDatabase.ts'

export type AuditEntry = {
  /** Null: the word filter. */
  readonly actorId: UserId | null
  /** Null: an act on the whole platform. */
  readonly channelId: ChannelId | null
  /** Such as `mute`, `unmute`, `kick`, `ban`, `chat:delete`, `moderator:add`, `words:set`, `report:close`. */
  readonly action: string
  readonly targetId: UserId | null
  readonly reason: string
  /** What else is worth keeping, as JSON: the deleted text, the end of a mute, … Never a secret. */
  readonly detail: Readonly<Record<string, unknown>>
}

export type AuditQuery = { readonly channelId?: ChannelId | undefined; readonly action?: string | undefined; readonly targetId?: UserId | undefined; readonly before?: string | undefined; readonly limit: number }
type AuditRow = { id: string | number; actor_id: UserId | null; target_id: UserId | null; channel: string | null; action: string; reason: string; detail: string; at: Date }

/** Acts whose record quotes what the target wrote. */
const TEXT_ACTIONS = ['chat:delete', 'chat:held-show', 'chat:held-drop']

export class Audit {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** @param within the transaction of the act itself, so that neither stands without the other */
  async record({ actorId, channelId, action, targetId, reason, detail }: AuditEntry, within: Database = this.#database): Promise<void> {
    await within('audit').insert({ actor_id: actorId, channel_id: channelId, action, target_id: targetId, reason: [...reason].slice(0, 300).join(''), detail: JSON.stringify(detail), at: new Date() })
  }

  /** Newest first. Without a channel: of the whole platform. */
  async list({ channelId, action, targetId, before, limit }: AuditQuery): Promise<AuditPage> {
    const query = this.#database('audit').leftJoin('channels', 'channels.id', 'audit.channel_id').select('audit.*', { channel: 'channels.name' }).orderBy('audit.id', 'desc').limit(limit + 1)
    if (channelId) void query.where('audit.channel_id', channelId)
    if (action) void query.where('audit.action', action)
    if (targetId) void query.where('audit.target_id', targetId)
    if (before) void query.where('audit.id', '<', before)
    const rows = (await query) as AuditRow[]
    const shown = rows.slice(0, limit)
    const people = await this.#people(shown.flatMap(({ actor_id, target_id }) => [actor_id, target_id]))
    return {
      entries: shown.map((row) => ({
        id: String(row.id),
        at: row.at.toISOString(),
        action: row.action,
        actor: people(row.actor_id),
        target: people(row.target_id),
        channel: row.channel,
        reason: row.reason,
        detail: JSON.parse(row.detail) as Record<string, unknown>,
      })),
      next: rows.length > limit ? String(shown.at(-1)?.id) : null,
    }
  }

  /** Takes the words of a deleted account out of the record; that something was done, by whom and why, stays. May be repeated. */
  async eraseTexts(userId: UserId): Promise<void> {
    const rows = (await this.#database('audit').where({ target_id: userId }).whereIn('action', TEXT_ACTIONS).select('id', 'detail')) as Array<{ id: string | number; detail: string }>
    for (const { id, detail } of rows) {
      const { text: _text, texts: _texts, ...kept } = JSON.parse(detail) as Record<string, unknown>
      await this.#database('audit').where({ id }).update({ detail: JSON.stringify(kept) })
    }
  }

  async #people(ids: ReadonlyArray<UserId | null>) {
    const wanted = [...new Set(ids.filter((id) => id !== null))]
    const found = new Map((await findUsers(this.#database, wanted)).map((user) => [user.id, viewPerson(user)]))
    return (id: UserId | null) => (id ? (found.get(id) ?? null) : null)
  }
}
