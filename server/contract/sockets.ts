// Socket.IO's events: requests are imperative and answered with a Reply, facts are past tense.
import { z } from 'zod'
import type { BroadcastView, Notice } from './broadcast.ts'
import type { Reply } from './errors.ts'
import { chatRequests } from './chat.ts'
import type { ChatFacts, ChatReplies } from './chat.ts'
import { giftRequests } from './gifts.ts'
import type { GiftFacts, GiftReplies } from './gifts.ts'
import { nameSchema } from './ids.ts'
import { dtlsParametersSchema, rtpCapabilitiesSchema, rtpParametersSchema } from './media.ts'
import type { ConsumerDto, TransportDto } from './media.ts'
import type { ModerationFacts } from './moderation.ts'
import type { NotifyFacts } from './notify.ts'
import { privateChatRequests } from './privateChat.ts'
import type { PrivateChatFacts, PrivateChatReplies } from './privateChat.ts'
import type { SocialFacts } from './social.ts'
import type { AccessView, TicketFacts } from './tickets.ts'
import type { WalletFacts } from './wallet.ts'

export const playModeSchema = z.enum(['webrtc', 'hls'])
export type PlayMode = z.infer<typeof playModeSchema>

/** Requests that a socket may send; the key is the event, the value checks its one argument. */
export const requestSchemas = {
  /** Join a channel's room; with `rtpCapabilities` (mode webrtc) the answer carries transport and paused consumers. Replaces a former watch. */
  watch: z.object({ channel: nameSchema, mode: playModeSchema, rtpCapabilities: rtpCapabilitiesSchema.optional() }),
  'watch:connect': z.object({ transportId: z.string().max(64), dtlsParameters: dtlsParametersSchema }),
  'watch:resume': z.object({ consumerIds: z.array(z.string().max(64)).min(1).max(8) }),
  /** The highest simulcast layer wanted, 0 the smallest. Bandwidth may give less. */
  'watch:prefer': z.object({ spatialLayer: z.number().int().min(0).max(7) }),
  'watch:restart-ice': z.object({ transportId: z.string().max(64) }),
  /** The first frame was seen: milliseconds since the page asked. For the join-time metric. */
  'watch:joined': z.object({ mode: playModeSchema, firstFrameMs: z.number().min(0).max(600_000) }),
  'watch:leave': z.object({}),

  /** Start (or take over) the channel's broadcast from this browser: the answer carries a send transport. */
  publish: z.object({ channel: nameSchema }),
  'publish:connect': z.object({ dtlsParameters: dtlsParametersSchema }),
  'publish:produce': z.object({ kind: z.enum(['audio', 'video']), rtpParameters: rtpParametersSchema, width: z.number().int().min(0).max(16384).optional(), height: z.number().int().min(0).max(16384).optional() }),
  /** The picture's size changed without a new producer. */
  'publish:sized': z.object({ width: z.number().int().min(0).max(16384), height: z.number().int().min(0).max(16384) }),
  'publish:pause': z.object({ producerId: z.string().max(64), paused: z.boolean() }),
  'publish:close-producer': z.object({ producerId: z.string().max(64) }),
  'publish:restart-ice': z.object({}),
  'publish:end': z.object({}),

  /** The owner's view of a channel whatever its source: state changes and notices. */
  'studio:watch': z.object({ channel: nameSchema }),

  ...chatRequests,
  ...privateChatRequests,
  ...giftRequests,
} as const

export type RequestName = keyof typeof requestSchemas
export type RequestData<N extends RequestName> = z.infer<(typeof requestSchemas)[N]>

/**
 * `transport` is null while there is nothing to receive by WebRTC; consumers then come by `consumer:added` after a new `watch`.
 * `elsewhere`: another server carries the broadcast; here it is received over HLS.
 */
export type WatchReply = { readonly broadcast: BroadcastView | null; readonly elsewhere: boolean; readonly viewers: number; readonly transport: TransportDto | null; readonly consumers: readonly ConsumerDto[]; readonly serverTime: number; /** Of a paid show; null for a free one. While it is `needed` nothing is sent. */ readonly access: AccessView | null }
export type PublishReply = { readonly broadcast: BroadcastView; readonly transport: TransportDto }

export type ReplyData = ChatReplies & PrivateChatReplies & GiftReplies & {
  watch: WatchReply
  'watch:connect': Record<never, never>
  'watch:resume': Record<never, never>
  'watch:prefer': Record<never, never>
  'watch:restart-ice': { readonly iceParameters: TransportDto['iceParameters'] }
  'watch:joined': Record<never, never>
  'watch:leave': Record<never, never>
  publish: PublishReply
  'publish:connect': Record<never, never>
  'publish:produce': { readonly producerId: string }
  'publish:sized': Record<never, never>
  'publish:pause': Record<never, never>
  'publish:close-producer': Record<never, never>
  'publish:restart-ice': { readonly iceParameters: TransportDto['iceParameters'] }
  'publish:end': Record<never, never>
  'studio:watch': { readonly broadcast: BroadcastView | null; readonly notices: readonly Notice[] }
}

export type ClientToServerEvents = {
  [N in RequestName]: (data: RequestData<N>, reply: (answer: Reply<ReplyData[N]>) => void) => void
}

/** Why a side's media ended although its socket lives; the page asks again (`watch` or `publish`) unless it is `stopped` or `replaced`. */
export type MediaClosedReason = 'media-restarted' | 'replaced' | 'stopped' | 'ice-failed'

export type ServerToClientEvents = ChatFacts & PrivateChatFacts & NotifyFacts & SocialFacts & ModerationFacts & GiftFacts & WalletFacts & TicketFacts & {
  /** To everyone in the channel's room, at each change of state, size or sources. `broadcast` with state `ended` is the last of it. */
  'broadcast:changed': (fact: { channel: string; broadcast: BroadcastView }) => void
  /** At most once a second, when it differs. */
  'viewers:counted': (fact: { channel: string; viewers: number }) => void
  'consumer:added': (fact: ConsumerDto) => void
  'consumer:closed': (fact: { consumerId: string }) => void
  /** The simulcast layer now received; null: none. */
  'consumer:layered': (fact: { consumerId: string; spatialLayer: number | null }) => void
  'watch:closed': (fact: { reason: MediaClosedReason }) => void
  'publish:closed': (fact: { reason: MediaClosedReason }) => void
  'studio:noticed': (notice: Notice & { channel: string }) => void
  /** This server is going away: reconnect (to another) after a moment. */
  'server:draining': (fact: Record<never, never>) => void
}
