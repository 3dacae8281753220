// How one user stands to others: follows both ways, and blocks, in three queries for any number of people.
import type { UserId } from '../contract/ids.ts'
import type { RelationView } from '../contract/social.ts'
import type { Database } from '../db/openDatabase.ts'

const strangers: RelationView = { followedByMe: false, followsMe: false, friend: false, blockedByMe: false, liveNotices: false }

/** @returns a function that tells of each of the people. `me` undefined: a visitor, a stranger to everyone. */
export async function relationsTo(database: Database, me: UserId | undefined, people: readonly UserId[]): Promise<(person: UserId) => RelationView> {
  if (me === undefined || people.length === 0) return () => strangers
  const ids = [...people]
  const [mine, theirs, blocked] = (await Promise.all([
    database('follows').where({ follower_id: me }).whereIn('followed_id', ids).select({ id: 'followed_id' }, 'live_notices'),
    database('follows').where({ followed_id: me }).whereIn('follower_id', ids).select({ id: 'follower_id' }),
    database('blocks').where({ blocker_id: me }).whereIn('blocked_id', ids).select({ id: 'blocked_id' }),
  ])) as [Array<{ id: UserId; live_notices: number }>, Array<{ id: UserId }>, Array<{ id: UserId }>]
  const notices = new Map(mine.map((row) => [row.id, Boolean(row.live_notices)]))
  const followers = new Set(theirs.map(({ id }) => id))
  const blocks = new Set(blocked.map(({ id }) => id))
  return (person) => {
    const followedByMe = notices.has(person)
    const followsMe = followers.has(person)
    return { followedByMe, followsMe, friend: followedByMe && followsMe, blockedByMe: blocks.has(person), liveNotices: notices.get(person) ?? false }
  }
}
