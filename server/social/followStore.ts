// SQL of follows, and of how many each user has of them.
import type { Knex } from 'knex'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

export type FollowCounts = { readonly followers: number; readonly following: number }
export type Pair = { readonly followerId: UserId; readonly followedId: UserId }

export async function countsOf(database: Database, userId: UserId): Promise<FollowCounts> {
  const row = (await database('follow_counts').where({ user_id: userId }).first('followers', 'following')) as FollowCounts | undefined
  return row ?? { followers: 0, following: 0 }
}

/** Both users have a row of counts from now on. Outside the transactions that lock these rows: a gap that two of them lock is a deadlock. */
export async function ensureCounts(database: Database, ids: readonly UserId[]): Promise<void> {
  const known = (await database('follow_counts').whereIn('user_id', [...ids]).select('user_id')) as Array<{ user_id: UserId }>
  if (known.length < ids.length) await database('follow_counts').insert(ids.toSorted().map((user_id) => ({ user_id }))).onConflict().ignore()
}

/** From here to the transaction's end nobody else changes what is between these two: every change locks both rows, in the same order. */
export async function lockPair(transaction: Knex.Transaction, one: UserId, other: UserId): Promise<void> {
  await transaction('follow_counts').whereIn('user_id', [one, other]).orderBy('user_id').forUpdate().select('user_id')
}

/** The pair must be locked. @returns whether something changed */
export async function addFollow(transaction: Knex.Transaction, { followerId, followedId }: Pair): Promise<boolean> {
  const pair = { follower_id: followerId, followed_id: followedId }
  if (await transaction('follows').where(pair).first('id')) return false
  await transaction('follows').insert({ ...pair, since: new Date() })
  await transaction('follow_counts').where({ user_id: followerId }).increment('following')
  await transaction('follow_counts').where({ user_id: followedId }).increment('followers')
  return true
}

/** The pair must be locked. @returns whether something changed */
export async function removeFollow(transaction: Knex.Transaction, { followerId, followedId }: Pair): Promise<boolean> {
  const removed = await transaction('follows').where({ follower_id: followerId, followed_id: followedId }).delete()
  if (removed === 0) return false
  await transaction('follow_counts').where({ user_id: followerId }).decrement('following')
  await transaction('follow_counts').where({ user_id: followedId }).decrement('followers')
  return true
}

/** Takes a user out of everybody's follows, followers and counts. */
export async function eraseFollows(transaction: Knex.Transaction, userId: UserId): Promise<void> {
  await transaction('follow_counts').where({ user_id: userId }).forUpdate().first()
  await transaction.raw('UPDATE follow_counts JOIN follows ON follows.follower_id = follow_counts.user_id SET following = following - 1 WHERE follows.followed_id = ?', [userId])
  await transaction.raw('UPDATE follow_counts JOIN follows ON follows.followed_id = follow_counts.user_id SET followers = followers - 1 WHERE follows.follower_id = ?', [userId])
  await transaction('follows').where({ follower_id: userId }).orWhere({ followed_id: userId }).delete()
  await transaction('follow_counts').where({ user_id: userId }).delete()
}
