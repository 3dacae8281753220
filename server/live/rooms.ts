// The Socket.IO rooms of a channel.
import type { ChannelId } from '../contract/ids.ts'

/** Everyone watching. */
export const channelRoom = (channelId: ChannelId): string => `channel:${channelId}`
/** The owner's studio pages. */
export const studioRoom = (channelId: ChannelId): string => `studio:${channelId}`

/** Whether a room belongs to what visitors of the channel receive: media facts, chat, … (each slice names its rooms `KIND:CHANNEL` or `KIND:CHANNEL:MORE`). */
export const isRoomOf = (room: string, channelId: ChannelId): boolean => room.split(':')[1] === channelId
