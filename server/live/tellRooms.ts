// Carries the live room's facts to everyone they concern: those of a broadcast from the server that carries it, through Redis, to all.
import type { FootlightServer } from '../realtime/answer.ts'
import type { Live } from './Live.ts'
import { channelRoom, studioRoom } from './rooms.ts'
import type { ViewerCount } from './ViewerCount.ts'

export function tellRooms(server: FootlightServer, { live, viewers }: { live: Live; viewers: ViewerCount }): void {
  live.on('changed', ({ channelId, broadcast }) => {
    server.to([channelRoom(channelId), studioRoom(channelId)]).emit('broadcast:changed', { channel: broadcast.channel, broadcast })
  })
  live.on('noticed', ({ channelId, channel, notice }) => {
    server.to(studioRoom(channelId)).emit('studio:noticed', { ...notice, channel })
  })
  // Every server with viewers of the channel counts and tells its own.
  viewers.on('counted', ({ channelId, channel, viewers: count }) => {
    server.local.to([channelRoom(channelId), studioRoom(channelId)]).emit('viewers:counted', { channel, viewers: count })
  })
}
