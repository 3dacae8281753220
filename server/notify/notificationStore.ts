// SQL of notifications.
import { createHash } from 'node:crypto'
import { avatarUrl } from '../accounts/userStore.ts'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { NotificationKind, NotificationView } from '../contract/notify.ts'
import type { Database } from '../db/openDatabase.ts'

export type NewRow = {
  readonly kind: NotificationKind
  readonly actorId: UserId | null
  readonly channelId: ChannelId | null
  readonly text: string
  readonly link: string
  readonly key: string | undefined
  readonly at: Date
}
type Row = {
  id: string | number
  kind: NotificationKind
  text: string
  link: string
  created_at: Date
  read_at: Date | null
  actor_id: UserId | null
  actor_name: string | null
  actor_display_name: string | null
  actor_avatar: string | null
  channel_name: string | null
  channel_title: string | null
}

const MAX_KEY = 100

/** Any key, as the column can hold it. */
export const storedKey = (key: string): string => (key.length <= MAX_KEY && /^[\x21-\x7e]+$/.test(key) ? key : createHash('sha256').update(key).digest('base64url'))

const toView = (row: Row): NotificationView => ({
  id: String(row.id),
  kind: row.kind,
  actor: row.actor_id && row.actor_name ? { id: row.actor_id, name: row.actor_name, displayName: row.actor_display_name ?? row.actor_name, avatarUrl: avatarUrl(row.actor_avatar) } : null,
  channel: row.channel_name ? { name: row.channel_name, title: row.channel_title ?? '' } : null,
  text: row.text,
  link: row.link,
  at: row.created_at.toISOString(),
  read: row.read_at !== null,
})

/** One row a user in one statement; a user who has one of that key keeps it. */
export async function insertNotifications(database: Database, userIds: readonly UserId[], { kind, actorId, channelId, text, link, key, at }: NewRow): Promise<void> {
  if (userIds.length === 0) return
  const shared = { kind, actor_id: actorId, channel_id: channelId, text, link, once_key: key === undefined ? null : storedKey(key), created_at: at }
  await database('notifications').insert(userIds.map((user_id) => ({ user_id, ...shared }))).onConflict().ignore()
}

/** Newest first. @param after the id of the last one seen */
export async function listNotifications(database: Database, userId: UserId, { after, limit }: { after?: string | undefined; limit: number }): Promise<NotificationView[]> {
  const rows = database('notifications')
    .leftJoin({ actor: 'users' }, 'actor.id', 'notifications.actor_id')
    .leftJoin('channels', 'channels.id', 'notifications.channel_id')
    .where('notifications.user_id', userId)
    .orderBy('notifications.id', 'desc')
    .limit(limit)
    .select('notifications.*', { actor_name: 'actor.name', actor_display_name: 'actor.display_name', actor_avatar: 'actor.avatar', channel_name: 'channels.name', channel_title: 'channels.title' })
  if (after !== undefined) void rows.where('notifications.id', '<', after)
  return ((await rows) as Row[]).map(toView)
}

export async function countUnread(database: Database, userId: UserId): Promise<number> {
  const row = (await database('notifications').where({ user_id: userId, read_at: null }).count({ unread: '*' }).first()) as { unread: number | string } | undefined
  return Number(row?.unread ?? 0)
}

/** @param ids of these alone; undefined: all */
export async function markRead(database: Database, userId: UserId, ids?: readonly string[]): Promise<void> {
  const rows = database('notifications').where({ user_id: userId, read_at: null })
  if (ids) void rows.whereIn('id', [...ids])
  await rows.update({ read_at: new Date() })
}

/** @returns how many there were; call again while it is `limit` */
export async function deleteOlder(database: Database, than: Date, limit: number): Promise<number> {
  return database('notifications').where('created_at', '<', than).limit(limit).delete()
}

export async function eraseNotifications(database: Database, userId: UserId): Promise<void> {
  await database('notifications').where({ user_id: userId }).orWhere({ actor_id: userId }).delete()
}
