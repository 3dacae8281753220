// Branded identifiers, so that a channel's id is never handed where a broadcast's is meant.
import { z } from 'zod'

/** An opaque id: 16 characters of the URL-safe alphabet without look-alikes. */
const id = z.string().regex(/^[0-9A-Za-z_-]{8,40}$/, 'is not an id')

export const userIdSchema = id.brand<'UserId'>()
export const channelIdSchema = id.brand<'ChannelId'>()
export const broadcastIdSchema = id.brand<'BroadcastId'>()
export const publishIdSchema = id.brand<'PublishId'>()
/** One life of one server process. */
export const serverIdSchema = id.brand<'ServerId'>()
export const bridgeIdSchema = id.brand<'BridgeId'>()

export type UserId = z.infer<typeof userIdSchema>
export type ChannelId = z.infer<typeof channelIdSchema>
export type BroadcastId = z.infer<typeof broadcastIdSchema>
/** One connection of a host's media: a broadcast that is interrupted and comes back has several. */
export type PublishId = z.infer<typeof publishIdSchema>
/** One life of one bridge process: a restarted bridge has a new id. */
export type BridgeId = z.infer<typeof bridgeIdSchema>

export type ServerId = z.infer<typeof serverIdSchema>

/** A user's or channel's public name: what stands in `/c/NAME`. */
export const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{1,30}[a-z0-9]$/, 'must be 3 to 32 characters: small letters, digits, - and _')
