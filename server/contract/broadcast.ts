// What everyone may know of a broadcast: its source, its state and its numbers.
import { z } from 'zod'
import { broadcastIdSchema, nameSchema } from './ids.ts'
import { ticketTermsSchema } from './tickets.ts'

export const sourceSchema = z.enum(['browser', 'whip', 'rtmp'])
/** How media comes in. */
export type Source = z.infer<typeof sourceSchema>

export const broadcastStateSchema = z.enum(['starting', 'live', 'interrupted', 'ended'])
/** A channel without a running broadcast is offline: that is the absence of one, not a state of it. */
export type BroadcastState = z.infer<typeof broadcastStateSchema>

export const broadcastViewSchema = z.object({
  id: broadcastIdSchema,
  channel: nameSchema,
  title: z.string(),
  source: sourceSchema,
  state: broadcastStateSchema,
  /** ISO 8601; `liveAt` is null until the first media came. */
  startedAt: z.string(),
  liveAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  viewers: z.number().int(),
  /** Picture size as the host sends it, once known, and how many simulcast layers it has. */
  video: z.object({ width: z.number(), height: z.number(), layers: z.number() }).nullable(),
  hasAudio: z.boolean(),
  /** Milliseconds from the host's encoder to this server, as far as it can be measured; null when unknown. */
  ingestMs: z.number().nullable(),
  /** What this show asks for; null: it is free. */
  ticket: ticketTermsSchema.nullable(),
})
export type BroadcastView = z.infer<typeof broadcastViewSchema>

/** Why a picture had to be transcoded on its way to WebRTC. */
export const transcodeReasonSchema = z.enum(['b-frames', 'profile', 'chroma', 'bit-depth', 'hevc', 'av1', 'vp9', 'codec'])
export type TranscodeReason = z.infer<typeof transcodeReasonSchema>

/** Something the host should know and can act on; pages translate the code. */
export const noticeSchema = z.object({
  code: z.enum(['transcoding', 'recording-stopped', 'packaging-failed', 'relay-failed', 'replaced']),
  /** A machine-readable detail: the transcode reason, `disk-full`, … */
  detail: z.string(),
  at: z.string(),
})
export type Notice = z.infer<typeof noticeSchema>
