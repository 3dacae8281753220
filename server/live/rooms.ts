// The Socket.IO rooms of a channel.
import type { ChannelId } from '../contract/ids.ts'

/** Everyone watching. */
export const channelRoom = (channelId: ChannelId): string => `channel:${channelId}`
/** The owner's studio pages. */
export const studioRoom = (channelId: ChannelId): string => `studio:${channelId}`
