// Following, friends and blocks over HTTP: what pages ask and are told.
import { z } from 'zod'
import type { BroadcastView } from './broadcast.ts'
import type { PersonView } from './people.ts'

/** How the one who asks stands to another person; all false for visitors. */
export type RelationView = {
  readonly followedByMe: boolean
  readonly followsMe: boolean
  /** Both of these. */
  readonly friend: boolean
  readonly blockedByMe: boolean
  /** Whether I hear of this person's broadcasts; false where I do not follow. */
  readonly liveNotices: boolean
}

export type ProfileLink = { readonly label: string; readonly url: string }

/** `GET /api/people/:name` -> ProfileView; 404 user-not-found. */
export type ProfileView = RelationView & {
  readonly person: PersonView
  readonly bio: string
  readonly links: readonly ProfileLink[]
  readonly followers: number
  readonly following: number
  readonly isMe: boolean
  /** The person's channel, if any; `/c/NAME`. */
  readonly channel: { readonly name: string; readonly title: string } | null
  /** The channel's running broadcast. */
  readonly live: BroadcastView | null
}

/** `PUT` and `DELETE /api/people/:name/follow` (also again: nothing changes), `PUT` and `DELETE …/block` -> FollowView; 403 blocked. */
export type FollowView = RelationView & { readonly followers: number }

/** `PUT /api/people/:name/live-notices` -> FollowView: hear, or not, of a followed person's broadcasts. */
export const liveNoticesSchema = z.object({ wanted: z.boolean() })

export const peopleLists = ['followers', 'following', 'friends'] as const
export type PeopleList = (typeof peopleLists)[number]

/**
 * `GET /api/people/:name/followers`, `…/following`, `…/friends` and `GET /api/blocks` -> PeoplePage, newest first.
 * `q` searches the names; `after` is the `next` of the page before.
 */
export const peopleQuerySchema = z.object({
  q: z.string().trim().max(40).default(''),
  after: z.string().regex(/^\d{1,19}$/).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type PeopleQuery = z.infer<typeof peopleQuerySchema>
export type PersonRow = RelationView & { readonly person: PersonView; readonly channel: string | null; readonly live: boolean }
/** `next` is null at the end. */
export type PeoplePage = { readonly people: readonly PersonRow[]; readonly next: string | null }

/** `GET /api/following/live` -> FollowedLive[]: whom I follow and who is on air, most viewers first. */
export type FollowedLive = { readonly person: PersonView; readonly channel: string; readonly title: string; readonly viewers: number; readonly liveAt: string; readonly coverUrl: string }

export type SocialFacts = Record<never, never>
