// The HTTP API of pages: request bodies with their checks, and what is answered.
import { z } from 'zod'
import type { AccountLanguage } from './accounts.ts'
import type { BroadcastView, Source } from './broadcast.ts'
import { nameSchema } from './ids.ts'
import type { PersonView } from './people.ts'
import { tagsSchema } from './tags.ts'
import type { TicketTerms } from './tickets.ts'

export const passwordSchema = z.string().min(8, 'must have at least 8 characters').max(200, 'must have at most 200 characters')
export const titleSchema = z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters')

/** Categories of channels; pages translate them. */
export const categories = ['games', 'music', 'talk', 'outdoors', 'learning', 'art', 'sports', 'other'] as const
export const categorySchema = z.enum(categories)
export type Category = z.infer<typeof categorySchema>

export const roleSchema = z.enum(['user', 'operator', 'admin'])
export type Role = z.infer<typeof roleSchema>

/** `POST /api/signup` -> 201 UserView and the session cookie. */
export const signUpSchema = z.object({ name: nameSchema, password: passwordSchema })
/** `POST /api/login` -> 200 UserView and the session cookie; 401 wrong-password whether or not the account exists. `POST /api/logout` -> 204. */
export const logInSchema = z.object({ name: z.string().trim().toLowerCase().max(64), password: z.string().max(200) })
/** `GET /api/me` -> MeView, also when logged out. */
export type UserView = PersonView & { readonly role: Role; readonly language: AccountLanguage | null }
export type MeView = { readonly user: UserView | null; readonly channel: ChannelView | null }

/** `POST /api/channels` -> 201 ChannelView (one channel a user). `PATCH /api/channels/:name` -> ChannelView. */
export const channelCreateSchema = z.object({ name: nameSchema, title: titleSchema, category: categorySchema })
export const channelChangeSchema = z.object({ title: titleSchema, category: categorySchema, record: z.boolean(), tags: tagsSchema }).partial()
/** `PUT /api/channels/:name/cover` takes image/jpeg, image/png or image/webp of at most this many bytes -> ChannelView. */
export const COVER_MAX_BYTES = 5 * 1024 * 1024

/** `GET /api/channels/:name` -> ChannelView. */
export type ChannelView = {
  readonly name: string
  readonly title: string
  readonly category: Category
  /** The owner's unique name. */
  readonly owner: string
  readonly ownerPerson: PersonView
  /** The cover the host chose; null for none. */
  readonly coverUrl: string | null
  /** The newest snapshot of the running broadcast (the watch page's poster until the first frame); null when there is none. */
  readonly liveCoverUrl: string | null
  readonly record: boolean
  readonly tags: readonly string[]
  /** What its next show asks for; null: nothing. */
  readonly ticket: TicketTerms | null
  readonly broadcast: BroadcastView | null
  readonly replays: readonly ReplayView[]
}

/** `GET /api/channels/:name/stream-key` (owner only), `POST` the same replaces it (the running RTMP or WHIP publish is ended). */
export type StreamKeyView = { readonly streamKey: string; readonly rtmpUrl: string; readonly whipUrl: string }

/** `POST /api/channels/:name/playback` -> PlaybackView: a ticket to the channel's media outside the page's sockets, and addresses that carry it; 403 kept-out. */
export type PlaybackView = { readonly token: string; /** ISO 8601. */ readonly expiresAt: string; readonly hlsUrl: string; readonly flvUrl: string; readonly whepUrl: string }

/** `GET /api/live` -> LiveCard[], most viewers first. */
export type LiveCard = {
  readonly channel: string
  readonly title: string
  readonly category: Category
  readonly owner: string
  readonly source: Source
  readonly state: 'live' | 'interrupted'
  readonly viewers: number
  readonly liveAt: string
  readonly ticket: TicketTerms | null
  /** The live cover (a snapshot, with a cache-busting query), else the chosen cover, else null. */
  readonly coverUrl: string | null
}

/** `GET /api/replays/:broadcastId` -> ReplayView. Files: `/replays/:broadcastId/index.m3u8`, `/replays/:broadcastId/replay.mp4`, `…/poster.jpg`. */
export type ReplayView = {
  readonly broadcastId: string
  readonly channel: string
  readonly owner: string
  readonly title: string
  readonly startedAt: string
  readonly state: 'recording' | 'finishing' | 'ready' | 'failed'
  readonly durationMs: number
  readonly bytes: number
  readonly hlsUrl: string
  /** Null while, or when, there is no MP4. */
  readonly mp4Url: string | null
  readonly posterUrl: string
  /** What its show asked for: the files and the chat are for who paid; null: for everyone. */
  readonly ticket: TicketTerms | null
}
