// What following says about taste: whom a user follows, and whom others follow who follow the same (read only; social writes it).
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

/** What one look takes at most; a star's many followers are still read to find the newest, which is why CoFollowBook keeps the answer. */
const FOLLOWS_READ = 500
const FOLLOWS_USED = 50
const PEERS_READ = 2000

/** The newest first. */
export async function followedBy(database: Database, userId: UserId): Promise<UserId[]> {
  const rows = (await database('follows').where({ follower_id: userId }).orderBy('id', 'desc').limit(FOLLOWS_READ).select('followed_id')) as Array<{ followed_id: UserId }>
  return rows.map((row) => row.followed_id)
}

export type CoFollow = {
  readonly ownerId: UserId
  readonly channelId: ChannelId
  /** The one the user follows who shares most followers with the owner. */
  readonly because: UserId
  readonly peers: number
}

/** Channels whose owners are followed by people who follow the same as this user, most such people first; nobody already followed, nor the user. */
export async function coFollows(database: Database, { userId, followed, limit }: { userId: UserId; followed: readonly UserId[]; limit: number }): Promise<CoFollow[]> {
  if (followed.length === 0) return []
  const peers = database('follows')
    .whereIn('followed_id', followed.slice(0, FOLLOWS_USED))
    .whereNot('follower_id', userId)
    .orderBy('id', 'desc')
    .limit(PEERS_READ)
    .select('follower_id', { because: 'followed_id' })
    .as('peers')
  const rows = (await database(peers)
    .join('follows as theirs', 'theirs.follower_id', 'peers.follower_id')
    .join('channels', 'channels.owner_id', 'theirs.followed_id')
    .whereNotIn('theirs.followed_id', [userId, ...followed])
    .groupBy('theirs.followed_id', 'channels.id', 'peers.because')
    .orderBy('peers', 'desc')
    .limit(limit * 3)
    .select({ ownerId: 'theirs.followed_id', channelId: 'channels.id', because: 'peers.because' })
    .count({ peers: '*' })) as unknown as Array<{ ownerId: UserId; channelId: ChannelId; because: UserId; peers: number }>
  const seen = new Set<UserId>()
  return rows
    .filter(({ ownerId }) => !seen.has(ownerId) && seen.add(ownerId))
    .slice(0, limit)
    .map((row) => ({ ...row, peers: Number(row.peers) }))
}
