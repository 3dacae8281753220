// The Socket.IO rooms of a channel's chat.
import type { ChannelId } from '../contract/ids.ts'

/** Everyone who reads along. */
export const chatRoom = (channelId: ChannelId): string => `chat:${channelId}`
/** Those of them who keep order. */
export const keepersRoom = (channelId: ChannelId): string => `chat-keepers:${channelId}`
/** One user's pages in this chat, for what must reach them though the room overflows. */
export const readerRoom = (channelId: ChannelId, name: string): string => `chat-reader:${channelId}:${name}`
