// SQL of Web Push subscriptions: one row a browser.
import { createHash } from 'node:crypto'
import type { UserId } from '../../contract/ids.ts'
import type { PushSubscriptionData } from '../../contract/notify.ts'
import type { Database } from '../../db/openDatabase.ts'

export type Subscriber = PushSubscriptionData & { readonly userId: UserId; readonly language: 'en' | 'zh-CN' | null }
type Row = { user_id: UserId; endpoint: string; p256dh: string; auth: string; language: Subscriber['language'] }

/** More browsers than anyone has: the oldest are forgotten. */
const PER_USER = 10

const hashOf = (endpoint: string): Buffer => createHash('sha256').update(endpoint).digest()

/** A browser that changes hands belongs to whoever asked last. */
export async function saveSubscription(database: Database, userId: UserId, { endpoint, keys: { p256dh, auth } }: PushSubscriptionData): Promise<void> {
  await database('push_subscriptions')
    .insert({ endpoint_hash: hashOf(endpoint), user_id: userId, endpoint, p256dh, auth, created_at: new Date() })
    .onConflict('endpoint_hash')
    .merge(['user_id', 'p256dh', 'auth', 'created_at'])
  const extra = (await database('push_subscriptions').where({ user_id: userId }).orderBy('created_at', 'desc').offset(PER_USER).limit(100).select('endpoint_hash')) as Array<{ endpoint_hash: Buffer }>
  if (extra.length > 0) await database('push_subscriptions').whereIn('endpoint_hash', extra.map((row) => row.endpoint_hash)).delete()
}

/** @param userId only of this user; undefined: whoever's it is, because the push service says it is gone */
export async function deleteSubscription(database: Database, endpoint: string, userId?: UserId): Promise<void> {
  await database('push_subscriptions').where({ endpoint_hash: hashOf(endpoint), ...(userId === undefined ? {} : { user_id: userId }) }).delete()
}

/** Those of the users who have a browser to push to. */
export async function withSubscriptions(database: Database, userIds: readonly UserId[]): Promise<UserId[]> {
  if (userIds.length === 0) return []
  const rows = (await database('push_subscriptions').whereIn('user_id', [...userIds]).distinct('user_id')) as Array<{ user_id: UserId }>
  return rows.map(({ user_id }) => user_id)
}

export async function subscribersOf(database: Database, userIds: readonly UserId[]): Promise<Subscriber[]> {
  const rows = (await database('push_subscriptions')
    .join('users', 'users.id', 'push_subscriptions.user_id')
    .whereIn('push_subscriptions.user_id', [...userIds])
    .where('users.disabled', false)
    .select('push_subscriptions.*', 'users.language')) as Row[]
  return rows.map(({ user_id, endpoint, p256dh, auth, language }) => ({ userId: user_id, endpoint, keys: { p256dh, auth }, language }))
}

export async function eraseSubscriptions(database: Database, userId: UserId): Promise<void> {
  await database('push_subscriptions').where({ user_id: userId }).delete()
}
