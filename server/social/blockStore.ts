// SQL of blocks.
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

const pairOf = (blockerId: UserId, blockedId: UserId) => ({ blocker_id: blockerId, blocked_id: blockedId })

/** Whether either has blocked the other. */
export async function isBlockedBetween(database: Database, one: UserId, other: UserId): Promise<boolean> {
  return (await database('blocks').where(pairOf(one, other)).orWhere(pairOf(other, one)).first('id')) !== undefined
}

export async function isBlocked(database: Database, blockerId: UserId, blockedId: UserId): Promise<boolean> {
  return (await database('blocks').where(pairOf(blockerId, blockedId)).first('id')) !== undefined
}

/** The newest first, a thousand at most. */
export async function blockedBy(database: Database, blockerId: UserId): Promise<UserId[]> {
  const rows = (await database('blocks').where({ blocker_id: blockerId }).orderBy('id', 'desc').limit(1000).select('blocked_id')) as Array<{ blocked_id: UserId }>
  return rows.map(({ blocked_id }) => blocked_id)
}

export async function insertBlock(database: Database, blockerId: UserId, blockedId: UserId): Promise<void> {
  await database('blocks').insert({ ...pairOf(blockerId, blockedId), created_at: new Date() }).onConflict().ignore()
}

export async function deleteBlock(database: Database, blockerId: UserId, blockedId: UserId): Promise<void> {
  await database('blocks').where(pairOf(blockerId, blockedId)).delete()
}

/** Those among `ids` who have blocked the user. */
export async function blockersAmong(database: Database, blockedId: UserId, ids: readonly UserId[]): Promise<UserId[]> {
  if (ids.length === 0) return []
  const rows = (await database('blocks').where({ blocked_id: blockedId }).whereIn('blocker_id', [...ids]).select('blocker_id')) as Array<{ blocker_id: UserId }>
  return rows.map(({ blocker_id }) => blocker_id)
}

export async function eraseBlocks(database: Database, userId: UserId): Promise<void> {
  await database('blocks').where({ blocker_id: userId }).orWhere({ blocked_id: userId }).delete()
}
