// Gifts, combos, red packets, and what they make of people: ranks and fan levels.
import { z } from 'zod'
import { basisPointsSchema, idempotencyKeySchema, priceSchema } from './money.ts'
import type { Amount } from './money.ts'
import type { GuardTerm } from './guard.ts'
import { nameSchema } from './ids.ts'
import type { PersonView } from './people.ts'

const idSchema = z.string().regex(/^[0-9A-Za-z_-]{2,40}$/, 'is not an id')

export const giftEffects = ['none', 'lottie', 'svga', 'video'] as const
export type GiftEffect = (typeof giftEffects)[number]
/** 1: a line and a banner; 2: a larger banner; 3 and more: a full-screen effect, 5 the grandest. */
export const giftTierSchema = z.number().int().min(1).max(5)
/** One sending. */
export const GIFT_MAX_QUANTITY = 9999
export const giftQuantities = [1, 10, 66, 520, 1314] as const
/** Sendings of the same gift by the same person with no longer pause belong to one combo. */
export const COMBO_MS = 3000
/** From this total a page asks before it sends. */
export const GIFT_CONFIRM_FROM = 5000n

export type LocalizedName = { readonly en: string; readonly zhCN: string }

/** A gift at one version: what was sent keeps its price and looks. */
export type GiftView = {
  readonly id: string
  readonly version: number
  readonly name: LocalizedName
  readonly price: Amount
  readonly iconUrl: string
  readonly effect: GiftEffect
  /** Null with effect `none`. */
  readonly effectUrl: string | null
  readonly durationMs: number
  readonly tier: number
  readonly guardsOnly: boolean
}
/** `GET /api/gifts` -> GiftView[] now on sale, in the operator's order. */

/** `GET /api/channels/:name/gifts/me` -> what the panel needs to know of its reader; 401 when logged out. */
export type GiftPanelView = { readonly coins: Amount; readonly guard: GuardTerm | null; readonly fan: FanBadge | null; /** A coin given or a minute watched is a point. */ readonly fanPoints: Amount; /** Points of the next level; null at the highest. */ readonly fanNextAt: Amount | null }

/** A reader's standing with a host: by coins given and time watched. Grey (`lit` false) after 7 days away. */
export type FanBadge = { readonly level: number; readonly lit: boolean }

/** A gift in the room's chat: carries everything its banner and effect need. */
export type GiftLine = {
  readonly type: 'gift'
  /** The sender's shown name. */
  readonly name: string
  /** Of the sending: pages drop a repeat of it. */
  readonly id: string
  readonly sender: PersonView & { readonly guard: GuardTerm | null; readonly fan: FanBadge | null }
  readonly gift: GiftView
  readonly quantity: number
  readonly total: Amount
  /** `count`: gifts in this combo so far, this sending included. */
  readonly combo: { readonly id: string; readonly count: number }
}
export type PacketLine = { readonly type: 'packet'; readonly name: string; readonly sender: PersonView; readonly packet: PacketView }

/** Red packet (红包): `total` coins shared at random among the first `shares` who claim after `opensAt`. */
export const packetSchema = z.object({ channel: nameSchema, total: priceSchema, shares: z.number().int().min(1).max(200), delaySeconds: z.number().int().min(0).max(600), key: idempotencyKeySchema })
/** How long it may be claimed after it opened; the rest goes back. */
export const PACKET_OPEN_SECONDS = 180
export type PacketState = 'waiting' | 'open' | 'empty' | 'returned'
export type PacketView = {
  readonly id: string
  readonly channel: string
  readonly sender: PersonView
  readonly total: Amount
  readonly shares: number
  readonly left: number
  readonly state: PacketState
  /** ISO 8601. */
  readonly opensAt: string
  readonly closesAt: string
}
export type PacketClaimView = { readonly packet: PacketView; /** Null: too late, all gone. */ readonly amount: Amount | null; readonly coins: Amount }
/** `GET /api/packets/:id` -> PacketResult: who got what, the luckiest marked; after it is over, or for who has claimed. */
export type PacketResult = { readonly packet: PacketView; readonly claims: readonly { readonly person: PersonView; readonly amount: Amount; readonly at: string; readonly luckiest: boolean }[] }

export const giftRequests = {
  /** `version` is the one the page showed: another price meanwhile is refused with `price-changed`. The same `key` is sent once and answered alike. */
  'gift:send': z.object({ channel: nameSchema, gift: idSchema, version: z.number().int().min(1), quantity: z.number().int().min(1).max(GIFT_MAX_QUANTITY), key: idempotencyKeySchema }),
  'packet:send': packetSchema,
  'packet:claim': z.object({ packet: idSchema }),
  /** Packets of a channel that wait or are open, for a page that comes in. */
  'packet:list': z.object({ channel: nameSchema }),
} as const

export type GiftReplies = {
  'gift:send': { readonly id: string; readonly coins: Amount; readonly total: Amount; readonly combo: { readonly id: string; readonly count: number } }
  'packet:send': { readonly packet: PacketView; readonly coins: Amount }
  'packet:claim': PacketClaimView
  'packet:list': { readonly packets: readonly PacketView[]; /** Of those: already claimed by the asker. */ readonly claimed: readonly string[]; readonly serverTime: number }
}

export type GiftFacts = {
  /** To the room: a packet opened, has fewer shares left (at most once in 500 ms) or is over. */
  'packet:changed': (fact: { channel: string; packet: PacketView }) => void
  /** To the room: the top three of this show changed; at most once a second. */
  'gift:top-changed': (fact: { channel: string; top: readonly RankedPerson[] }) => void
}

/** Days and weeks are those of UTC, weeks begin on Monday. `GET /api/channels/:name/gifts/ranking?period=` -> Ranking of who gave to this channel (`show`: the running broadcast or the last). `GET /api/gifts/ranking?side=&period=` -> of the platform: hosts or senders (no `show`). */
export const rankingPeriods = ['show', 'day', 'week', 'all'] as const
export const rankingQuerySchema = z.object({ period: z.enum(rankingPeriods).default('day'), side: z.enum(['host', 'sender']).default('host') })
export type RankingPeriod = (typeof rankingPeriods)[number]
export type RankedPerson = { readonly rank: number; readonly person: PersonView; readonly coins: Amount; /** Where to find a host; null for a sender. */ readonly channel: string | null }
/** At most 50; `me`: the asker's own place, also beyond. */
export type Ranking = { readonly people: readonly RankedPerson[]; readonly me: RankedPerson | null }

/** `GET` and `PUT /api/admin/channels/:name/gift-share`: a channel's own share, null: the platform's. */
export const giftShareSchema = z.object({ share: basisPointsSchema.nullable() })

/** `GET /api/admin/gifts` -> AdminGift[] (drafts and retired ones too); `POST` creates, `PUT /:id` saves the draft, `POST /:id/publish` makes it a version, `POST /:id/retire` takes it off sale. */
export const giftDraftSchema = z.object({
  name: z.object({ en: z.string().trim().min(1).max(40), zhCN: z.string().trim().min(1).max(40) }),
  price: priceSchema,
  /** Of uploads: `POST /api/admin/gifts/files?kind=icon|effect` takes the bytes, as application/octet-stream -> GiftFile. */
  icon: z.string().max(100),
  effect: z.enum(giftEffects),
  effectFile: z.string().max(100).nullable(),
  durationMs: z.number().int().min(0).max(20_000),
  tier: giftTierSchema,
  place: z.number().int().min(0).max(100_000),
  onSaleFrom: z.iso.datetime({ offset: true }).nullable(),
  onSaleTo: z.iso.datetime({ offset: true }).nullable(),
  guardsOnly: z.boolean(),
})
export type GiftDraft = z.infer<typeof giftDraftSchema>
export type GiftFile = { readonly file: string; readonly url: string; readonly kind: 'icon' | GiftEffect; readonly bytes: number; readonly durationMs: number | null }
export type AdminGift = { readonly id: string; readonly draft: GiftDraft; readonly iconUrl: string; readonly effectUrl: string | null; readonly published: GiftView | null; readonly changed: boolean; readonly onSale: boolean; readonly sent: number }
export const giftFileKindSchema = z.object({ kind: z.enum(['icon', 'effect']) })
/** Bytes of an upload at most. */
export const GIFT_ICON_MAX_BYTES = 512 * 1024
export const GIFT_EFFECT_MAX_BYTES = 4 * 1024 * 1024

