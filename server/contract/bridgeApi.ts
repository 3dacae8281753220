// What server and bridge say to each other over HTTP, both ways; every call carries `Authorization: Bearer INTERNAL_SECRET`.
import { z } from 'zod'
import { noticeSchema, transcodeReasonSchema } from './broadcast.ts'
import { bridgeIdSchema, broadcastIdSchema, channelIdSchema, nameSchema, publishIdSchema } from './ids.ts'

const portSchema = z.number().int().min(1).max(65535)

/** bridge -> server `POST /internal/publish`: may this stream key publish? Asked before a byte of media is accepted. */
export const publishRequestSchema = z.object({
  bridgeId: bridgeIdSchema,
  streamKey: z.string().min(1).max(200),
  remoteAddress: z.string().max(64),
  /** Set when the bridge takes up again a connection whose publish the server no longer knows (it restarted). */
  resumes: broadcastIdSchema.optional(),
})
export type PublishRequest = z.infer<typeof publishRequestSchema>

/** What packaging a broadcast needs to know. */
export const packagingPlanSchema = z.object({
  broadcastId: broadcastIdSchema,
  channel: nameSchema,
  record: z.boolean(),
})
export type PackagingPlan = z.infer<typeof packagingPlanSchema>

export const publishGrantSchema = packagingPlanSchema.extend({ publishId: publishIdSchema, channelId: channelIdSchema })
export type PublishGrant = z.infer<typeof publishGrantSchema>

/**
 * bridge -> server `POST /internal/publish/:publishId/media`: the relay is about to send; where to?
 * Called again whenever the relay restarts: the former producers are closed. Answered with `RelayTargets`.
 */
export const relayMediaSchema = z.object({
  video: z
    .object({ width: z.number().int(), height: z.number().int(), transcodeReason: transcodeReasonSchema.nullable() })
    .nullable(),
  audio: z.object({ channels: z.number().int().min(1).max(8) }).nullable(),
})
export type RelayMedia = z.infer<typeof relayMediaSchema>

/** Where one RTP stream goes: always H.264 (packetization mode 1) or Opus 48 kHz stereo. */
export const relayTargetSchema = z.object({
  ip: z.string(),
  rtpPort: portSchema,
  rtcpPort: portSchema,
  payloadType: z.number().int().min(96).max(127),
  ssrc: z.number().int().min(1).max(0xffffffff),
})
export type RelayTarget = z.infer<typeof relayTargetSchema>
export const relayTargetsSchema = z.object({ video: relayTargetSchema.nullable(), audio: relayTargetSchema.nullable() })
export type RelayTargets = z.infer<typeof relayTargetsSchema>

/**
 * bridge -> server `POST /internal/publish/:publishId/ended`.
 * `finished`: the host said goodbye (FCUnpublish, deleteStream): the broadcast ends. Otherwise it is interrupted and waits.
 */
export const publishEndedSchema = z.object({ finished: z.boolean(), reason: z.string().max(300) })
export type PublishEnded = z.infer<typeof publishEndedSchema>

/** bridge -> server `POST /internal/bridges/:bridgeId/alive`, every second: who I am and what I hold. */
export const bridgeAliveSchema = z.object({
  url: z.url(),
  publishes: z.array(z.object({ publishId: publishIdSchema, videoKbps: z.number(), audioKbps: z.number() })),
  /** Broadcasts whose media comes from a worker, by `POST /packagings`. */
  packagings: z.array(broadcastIdSchema),
  /** Every broadcast it holds, and who reads it by HTTP-FLV. */
  flv: z.array(z.object({ broadcastId: broadcastIdSchema, viewers: z.number().int() })),
  /** By role (relay, packager, ingest): how often an ffmpeg was started again since this bridge started. */
  ffmpegRestarts: z.record(z.string(), z.number().int()).default({}),
})
export type BridgeAlive = z.infer<typeof bridgeAliveSchema>
/** Publishes and packagings the server does not know (any more): the bridge re-authorizes the former and stops the latter. */
export const bridgeAliveReplySchema = z.object({
  unknownPublishes: z.array(publishIdSchema),
  unknownPackagings: z.array(broadcastIdSchema),
})
export type BridgeAliveReply = z.infer<typeof bridgeAliveReplySchema>

/** bridge -> server `POST /internal/broadcasts/:broadcastId/notices`. Answered with 204. */
export const bridgeNoticeSchema = noticeSchema.omit({ at: true })
export type BridgeNotice = z.infer<typeof bridgeNoticeSchema>

/**
 * bridge -> server `POST /internal/broadcasts/:broadcastId/replay`: the recording is finished (or there is none worth keeping).
 * `ready` comes as soon as its HLS can be watched, and again when its MP4 is there. `bytes`: size of the MP4; 0 while, or when,
 * there is none (another finish tries to make it again).
 */
export const replayFinishedSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready'), durationMs: z.number().int(), bytes: z.number().int(), width: z.number().int(), height: z.number().int() }),
  z.object({ state: z.literal('failed'), reason: z.string().max(300) }),
  z.object({ state: z.literal('empty') }),
])
export type ReplayFinished = z.infer<typeof replayFinishedSchema>

/** One RTP stream that a worker will send to the bridge. */
export const rtpTrackSchema = z.object({
  codec: z.enum(['h264', 'vp8', 'opus']),
  payloadType: z.number().int().min(96).max(127),
  clockRate: z.number().int(),
  channels: z.number().int().optional(),
  ssrc: z.number().int(),
  /** fmtp parameters as SDP has them, such as `packetization-mode=1`; empty for none. */
  fmtp: z.string(),
})
export type RtpTrack = z.infer<typeof rtpTrackSchema>

/**
 * server -> bridge `POST /packagings`: package this broadcast, whose media comes by RTP from a worker.
 * A second call for the same broadcast replaces the first (new sources, same HLS, next run). Answered with `PackagingTargets`;
 * refused with `bad-request` while an RTMP connection of this bridge feeds the broadcast.
 */
export const packagingRequestSchema = packagingPlanSchema.extend({ video: rtpTrackSchema.nullable(), audio: rtpTrackSchema.nullable() })
export type PackagingRequest = z.infer<typeof packagingRequestSchema>
const rtpPortsSchema = z.object({ rtpPort: portSchema, rtcpPort: portSchema })
/** UDP ports that listen by the time the answer is given. */
export const packagingTargetsSchema = z.object({ ip: z.string(), video: rtpPortsSchema.nullable(), audio: rtpPortsSchema.nullable() })
export type PackagingTargets = z.infer<typeof packagingTargetsSchema>

// server -> bridge `DELETE /packagings/:broadcastId`: stop packaging (the broadcast may come back). 204, also when there is none.
// server -> bridge `DELETE /publishes/:publishId` with `PublishEnd`: close that RTMP connection. 204, also when there is none.
export const publishEndSchema = z.object({ reason: z.string().max(300) })

/**
 * server -> bridge `POST /broadcasts/:broadcastId/finish`: the broadcast has ended. Closes its HLS (EXT-X-ENDLIST), finishes the
 * recording from what lies on disk (also after a crash) and reports by `replay`. 202 at once; safe to repeat.
 */
export const finishRequestSchema = z.object({ record: z.boolean() })
export type FinishRequest = z.infer<typeof finishRequestSchema>

// server -> bridge `GET /flv/:broadcastId`: an endless FLV body. 404 with an ErrorBody when this bridge does not hold it.
