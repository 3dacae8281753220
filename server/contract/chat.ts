// Room chat and danmaku: one kind of message, shown in the list and over the picture.
import { z } from 'zod'
import type { FanBadge, GiftLine, PacketLine } from './gifts.ts'
import type { GuardTerm } from './guard.ts'
import { nameSchema } from './ids.ts'
import type { BroadcastId } from './ids.ts'
import type { ChannelRole, PersonView } from './people.ts'

/** Characters (code points) of a message. */
export const CHAT_MAX_LENGTH = 200
/** Messages answered on joining and on catching up. */
export const CHAT_RECENT = 100
/** How long the author may take a message back. */
export const CHAT_RECALL_MS = 120_000
/** Likes one request may carry. */
export const LIKES_AT_ONCE = 30

const messageIdSchema = z.string().regex(/^[0-9A-Za-z_-]{8,40}$/, 'is not an id')

/** Control and invisible formatting characters, but those emoji are made of (ZWJ, variation selectors). */
export const forbiddenCharacters = /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u
/** One that can be seen: no filler, blank or joiner. */
export const visibleCharacter = /(?![\u115F\u1160\u2800\u3164\uFFA0])[\p{L}\p{N}\p{P}\p{S}]/u

export const chatTextSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .refine((text) => [...text].length <= CHAT_MAX_LENGTH, `must have at most ${CHAT_MAX_LENGTH} characters`)
  .refine((text) => !forbiddenCharacters.test(text), 'must not contain control characters')
  .refine((text) => text === '' || visibleCharacter.test(text), 'must have a visible character')

export const danmakuColors = ['white', 'red', 'orange', 'yellow', 'green', 'cyan', 'blue', 'purple'] as const
export const danmakuStyleSchema = z.object({ color: z.enum(danmakuColors), position: z.enum(['scroll', 'top', 'bottom']) })
export type DanmakuStyle = z.infer<typeof danmakuStyleSchema>

/** How long slow mode may make people wait, and followers-only may ask for: seconds and minutes. */
export const chatModesSchema = z.object({
  /** Seconds between two messages of a user; 0: off. */
  slowSeconds: z.number().int().min(0).max(3600),
  /** Minutes one must have followed; 0: any follower; null: off. */
  followersMinutes: z.number().int().min(0).max(525_600).nullable(),
  guardsOnly: z.boolean(),
  emoteOnly: z.boolean(),
  noLinks: z.boolean(),
  /** A message must differ from what was written in the last minutes. */
  uniqueOnly: z.boolean(),
  off: z.boolean(),
})
export type ChatModes = z.infer<typeof chatModesSchema>
export const openModes: ChatModes = { slowSeconds: 0, followersMinutes: null, guardsOnly: false, emoteOnly: false, noLinks: false, uniqueOnly: false, off: false }

/** What someone is to the host, beside the role: the longest term guarded for (null: no guard), and the fan level. */
export type Badges = { readonly guard: GuardTerm | null; readonly fan: FanBadge | null }
/** A message's author; `role` and badges are those in this channel, at that time. */
export type ChatAuthor = PersonView & Badges & { readonly role: ChannelRole }

/** Facts of the room that stand among the messages; `name` is the shown name of whom it is about. */
export type ChatLine =
  | { readonly type: 'followed' | 'modes-changed'; readonly name: string }
  | { readonly type: 'guard-entered' | 'guard-bought'; readonly name: string; readonly term: GuardTerm }
  | GiftLine
  | PacketLine

export type ChatMessage = {
  readonly id: string
  /** Counts up by one a message in each channel; a hole means a message that is still under way, was sampled out, or is gone. */
  readonly seq: number
  readonly channel: string
  readonly broadcastId: BroadcastId | null
  /** Milliseconds since the broadcast's first media; null when it was written off air. */
  readonly offsetMs: number | null
  /** ISO 8601. */
  readonly at: string
  /** Null in a system line. */
  readonly author: ChatAuthor | null
  /** What the author's page called it, so that it knows its own; null in a system line. */
  readonly clientId: string | null
  readonly text: string
  readonly replyTo: { readonly id: string; readonly name: string; readonly text: string } | null
  /** Names of users mentioned with @. */
  readonly mentions: readonly string[]
  readonly style: DanmakuStyle | null
  readonly line: ChatLine | null
}

/** What the reader is in this chat. */
export type ChatSelf = {
  readonly role: ChannelRole
  /** ISO 8601; `forever` when there is no end; null: not muted. */
  readonly mutedUntil: string | null
  /** What the moderator wrote; empty when nothing; null: not muted. */
  readonly mutedReason: string | null
  /** The longest term the reader guards the host for; null: no guard. */
  readonly guard: GuardTerm | null
  /** Since when the reader follows the channel's owner, ISO 8601; null: not, or not logged in. Not told anew when it changes. */
  readonly followsSince: string | null
  /** Epoch ms from which the next message is allowed; 0: at once. */
  readonly nextAt: number
}

export const chatRequests = {
  /** Follow a channel's chat. `after`: the seq up to which everything is known already, to get only what came since. */
  'chat:join': z.object({ channel: nameSchema, after: z.number().int().min(0).optional() }),
  'chat:leave': z.object({ channel: nameSchema }),
  /** `clientId` makes a repeat harmless: the same one is stored once and answered alike. */
  'chat:send': z.object({ channel: nameSchema, clientId: messageIdSchema, text: chatTextSchema, replyTo: messageIdSchema.optional(), style: danmakuStyleSchema.optional() }),
  'chat:recall': z.object({ channel: nameSchema, id: messageIdSchema }),
  /** For moderators: one message, or all of a user's in this channel. */
  'chat:delete': z.object({ channel: nameSchema, id: messageIdSchema.optional(), user: nameSchema.optional(), reason: z.string().trim().max(200).default('') }),
  'chat:pin': z.object({ channel: nameSchema, id: messageIdSchema.nullable() }),
  'chat:set-modes': z.object({ channel: nameSchema, modes: chatModesSchema.partial() }),
  /** Messages the word filter holds back: list them, show one to the room, or drop it. */
  'chat:held-list': z.object({ channel: nameSchema }),
  'chat:held-decide': z.object({ channel: nameSchema, id: messageIdSchema, show: z.boolean() }),
  like: z.object({ channel: nameSchema, count: z.number().int().min(1).max(LIKES_AT_ONCE) }),
  /** Who is here: users who are logged in, newest first, at most 50, and how many there are. */
  'people:list': z.object({ channel: nameSchema }),
} as const

export type ChatReplies = {
  'chat:join': {
    /** Oldest first. */
    readonly messages: readonly ChatMessage[]
    /** Messages that were taken away lately: a page that comes back takes them off. */
    readonly removed: readonly string[]
    /** False when more than CHAT_RECENT came since `after`: what is shown has a gap before `messages`. */
    readonly complete: boolean
    /** Everything up to this seq has been said in `messages` or before. */
    readonly through: number
    readonly modes: ChatModes
    readonly pinned: ChatMessage | null
    readonly self: ChatSelf
    readonly likes: number
    /** Epoch ms by the server's clock when it answered. */
    readonly serverTime: number
  }
  'chat:leave': Record<never, never>
  /** `held`: a moderator decides whether it is shown. */
  'chat:send': { readonly message: ChatMessage; readonly held: boolean; readonly nextAt: number }
  'chat:recall': Record<never, never>
  'chat:delete': { readonly deleted: number }
  'chat:pin': Record<never, never>
  'chat:set-modes': { readonly modes: ChatModes }
  'chat:held-list': { readonly messages: readonly ChatMessage[] }
  'chat:held-decide': Record<never, never>
  like: { readonly total: number }
  'people:list': { readonly total: number; readonly people: readonly (PersonView & { readonly role: ChannelRole })[] }
}

export type ChatFacts = {
  /** Every 100 ms at most. `skipped`: seqs that were sampled out because the room overflows. */
  'chat:batched': (fact: { channel: string; messages: readonly ChatMessage[]; skipped: readonly number[] }) => void
  /** Take these off the page: single ones, or all of a user's. */
  'chat:removed': (fact: { channel: string; ids: readonly string[]; userId: string | null; by: 'author' | 'moderator' }) => void
  'chat:pinned': (fact: { channel: string; message: ChatMessage | null }) => void
  'chat:modes-changed': (fact: { channel: string; modes: ChatModes }) => void
  /** To moderators: a message waits for a decision (`left` more wait). */
  'chat:held': (fact: { channel: string; message: ChatMessage; left: number }) => void
  'chat:held-decided': (fact: { channel: string; id: string; shown: boolean }) => void
  /** Every 500 ms at most, when there were any. */
  'chat:liked': (fact: { channel: string; added: number; total: number }) => void
  /** To one user: what they may do here changed (muted, made moderator, …). */
  'chat:self-changed': (fact: { channel: string; self: ChatSelf }) => void
  /** People came in; sampled in large rooms: `more` came besides those named. Not kept. */
  'people:entered': (fact: { channel: string; people: readonly PersonView[]; more: number }) => void
}

/** `GET /api/replays/:broadcastId/chat?from=MS&to=MS` -> ChatMessage[] in order of offset (at most 500; ask on from the last offset). `GET /api/replays/:broadcastId/chat.jsonl` and `.csv`: for the host, to keep. */
export const replayChatQuerySchema = z.object({ from: z.coerce.number().int().min(0).default(0), to: z.coerce.number().int().min(0).max(86_400_000 * 2).default(60_000) })
