// Finding channels and sharing them: home, search, rankings, posters, embeds.
import { z } from 'zod'
import type { Source } from './broadcast.ts'
import { categorySchema } from './http.ts'
import type { Category } from './http.ts'
import type { PersonView } from './people.ts'
import { normaliseTag } from './tags.ts'

/** A channel wherever one may be found; `live` null: offline. */
export type ChannelCard = {
  readonly channel: string
  readonly title: string
  readonly category: Category
  readonly tags: readonly string[]
  readonly owner: PersonView
  /** The live picture, else the chosen cover, else null. */
  readonly coverUrl: string | null
  readonly live: { readonly state: 'live' | 'interrupted'; readonly source: Source; readonly viewers: number; readonly liveAt: string; /** The show asks for a ticket. */ readonly paid: boolean } | null
}

/** Why a channel is recommended; pages say it in a line. */
export type Reason = { readonly kind: 'co-follow'; readonly person: PersonView } | { readonly kind: 'category'; readonly category: Category }
export type RecommendedCard = ChannelCard & { readonly reason: Reason }

export const HOME_PAGE = 48
/** `GET /api/home?category=&tag=&limit=` -> HomeView. With a category or tag only `live`, `total` and the bars are filled. */
export const homeQuerySchema = z.object({
  category: categorySchema.optional(),
  tag: z.string().max(100).transform(normaliseTag).optional(),
  limit: z.coerce.number().int().min(1).max(480).default(HOME_PAGE),
})
export type HomeView = {
  readonly following: { readonly live: readonly ChannelCard[]; readonly offline: readonly ChannelCard[] }
  readonly recommended: readonly RecommendedCard[]
  /** Best first; at most `limit` of `total`. */
  readonly live: readonly ChannelCard[]
  readonly total: number
  /** Of everything live now, most viewers first. */
  readonly categories: ReadonlyArray<{ readonly category: Category; readonly live: number; readonly viewers: number }>
  readonly tags: ReadonlyArray<{ readonly tag: string; readonly live: number }>
}

export const QUERY_LENGTH = 60
/** `GET /api/search?q=` -> SearchView; `GET /api/search/suggestions?q=` -> Suggestion[]. An empty query finds nothing. */
export const searchQuerySchema = z.object({ q: z.string().max(200).transform((written) => [...written].slice(0, QUERY_LENGTH).join('')).default('') })
export type ReplayHit = {
  readonly broadcastId: string
  readonly channel: string
  readonly title: string
  readonly owner: PersonView
  readonly startedAt: string
  readonly durationMs: number
  readonly posterUrl: string
}
export type SearchView = {
  readonly query: string
  readonly channels: readonly ChannelCard[]
  readonly replays: readonly ReplayHit[]
  readonly people: readonly PersonView[]
  readonly tags: ReadonlyArray<{ readonly tag: string; readonly channels: number }>
}
export type Suggestion =
  | { readonly kind: 'channel'; readonly channel: string; readonly title: string; readonly owner: PersonView; readonly live: boolean }
  | { readonly kind: 'tag'; readonly tag: string; readonly channels: number }
  | { readonly kind: 'person'; readonly person: PersonView }

export const rankingPeriods = ['hour', 'day', 'week'] as const
export type RankingPeriod = (typeof rankingPeriods)[number]
/** `GET /api/rankings?period=` -> RankingView: by watch time (all viewers' seconds added up) of the last hour, day or week. */
export const rankingQuerySchema = z.object({ period: z.enum(rankingPeriods).default('day') })
export type RankingView = {
  readonly period: RankingPeriod
  readonly entries: ReadonlyArray<{ readonly card: ChannelCard; readonly watchSeconds: number; readonly peakViewers: number }>
}

/** `GET /api/channels/:name/poster.jpg|png`, `GET /api/replays/:broadcastId/poster.jpg|png`: a picture to pass on, with cover, title, host and QR code. */
export const posterQuerySchema = z.object({ lang: z.enum(['en', 'zh-CN']).default('en') })

/** `GET /api/oembed?url=` (https://oembed.com): 404 for addresses that are not ours, 501 for another format than json. */
export const oembedQuerySchema = z.object({
  url: z.string().max(2000),
  format: z.string().max(20).default('json'),
  maxwidth: z.coerce.number().int().min(1).max(10_000).optional(),
  maxheight: z.coerce.number().int().min(1).max(10_000).optional(),
})
export type OembedView = {
  readonly version: '1.0'
  readonly type: 'video'
  readonly title: string
  readonly author_name: string
  readonly author_url: string
  readonly provider_name: string
  readonly provider_url: string
  readonly thumbnail_url?: string
  readonly thumbnail_width?: number
  readonly thumbnail_height?: number
  readonly html: string
  readonly width: number
  readonly height: number
  readonly cache_age: number
}
