// Socket requests of a viewer: join a channel's room and receive its media.
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { PlayMode, WatchReply } from '../contract/sockets.ts'
import type { ChannelId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { spend } from '../core/spend.ts'
import type { Viewer, ViewerEvents } from '../media/Viewer.ts'
import type { Sanction } from '../moderation/Standings.ts'
import { answer } from '../realtime/answer.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Audience } from './Audience.ts'
import type { Live } from './Live.ts'
import type { LiveDirectory } from './LiveDirectory.ts'
import { channelRoom, isRoomOf } from './rooms.ts'
import type { Seat, ViewerCount } from './ViewerCount.ts'
import { subjectOf } from './whoWatches.ts'
import type { Who } from './whoWatches.ts'

/** Of one socket: a page asks anew when a broadcast begins, comes back or changes its mode. */
const WATCHES = { points: 120, duration: 60 }

export type WatchSocketDeps = {
  readonly accounts: Accounts
  readonly channels: Channels
  readonly live: Live
  readonly directory: LiveDirectory
  readonly audience: Audience
  readonly viewers: ViewerCount
  /** A page saw its first frame, so long after it asked. */
  readonly onJoined: (joined: { mode: PlayMode; seconds: number }) => void
  readonly log: Logger
}

export function watchSockets(socket: FootlightSocket, { accounts, channels, live, directory, audience, viewers, onJoined, log }: WatchSocketDeps): void {
  let watched: { channelId: ChannelId; subject: string; seat: Seat; leaveAudience: () => void } | undefined
  let viewer: Viewer | undefined
  /** Counts watches and leaves: what was begun under a former number is thrown away. */
  let turn = 0
  const watches = new RateLimiterMemory(WATCHES)

  const dropViewer = (): void => {
    viewer?.close()
    viewer = undefined
  }
  const leave = (): void => {
    dropViewer()
    if (!watched) return
    watched.leaveAudience()
    watched.seat.release()
    void socket.leave(channelRoom(watched.channelId))
    watched = undefined
  }
  const cutOff = (channel: Channel, { until, reason }: Sanction): void => {
    turn += 1
    leave()
    for (const room of [...socket.rooms]) if (isRoomOf(room, channel.id)) void socket.leave(room)
    socket.emit('kept-out', { channel: channel.name, until: until?.toISOString() ?? null, reason })
  }
  const enter = (channel: Channel, who: Who, mode: PlayMode): void => {
    const subject = subjectOf(who)
    if (watched?.channelId === channel.id && watched.subject === subject) return watched.seat.change(mode)
    leave()
    watched = {
      channelId: channel.id,
      subject,
      seat: viewers.take({ channel, who, mode }),
      leaveAudience: audience.enter({ channel, who, cutOff: (sanction) => cutOff(channel, sanction) }),
    }
    void socket.join(channelRoom(channel.id))
  }
  const present = (): Viewer => {
    if (!viewer) throw new AppError('session-not-found', { message: 'Nothing is being received: watch first' })
    return viewer
  }

  answer(socket, log, 'watch', async ({ channel: name, mode, rtpCapabilities }): Promise<WatchReply> => {
    if (live.draining) throw new AppError('draining')
    await spend(watches, socket.id)
    const mine = ++turn
    const superseded = () => new AppError('session-not-found', { message: 'This watch was superseded' })
    const [channel, user] = await Promise.all([channels.byName(name), accounts.userOf(socket.data.token)])
    const who = { ...socket.data.visitor, user }
    await audience.admit(channel, who)
    if (mine !== turn) throw superseded()
    enter(channel, who, mode)
    dropViewer()

    const broadcast = live.of(channel.id)
    const room = broadcast?.room
    if (mode === 'webrtc' && rtpCapabilities && room && !room.closed) {
      const added = await room.addViewer({ rtpCapabilities, on: viewerFacts(socket, () => (viewer = undefined)) })
      if (mine !== turn) {
        added.close()
        throw superseded()
      }
      viewer = added
    }
    const view = broadcast?.view() ?? (await directory.of(channel.id)) ?? null
    return {
      broadcast: view,
      elsewhere: view !== null && !broadcast,
      viewers: viewers.of(channel.id) || (view?.viewers ?? 0),
      transport: viewer?.transportDto ?? null,
      consumers: viewer?.consumers ?? [],
      serverTime: Date.now(),
      access: null,
    }
  })

  answer(socket, log, 'watch:connect', async ({ dtlsParameters }) => {
    await present().connect(dtlsParameters)
    return {}
  })
  answer(socket, log, 'watch:resume', async ({ consumerIds }) => {
    await present().resume(consumerIds)
    return {}
  })
  answer(socket, log, 'watch:prefer', async ({ spatialLayer }) => {
    await present().prefer(spatialLayer)
    return {}
  })
  answer(socket, log, 'watch:restart-ice', async () => ({ iceParameters: await present().restartIce() }))
  answer(socket, log, 'watch:joined', ({ mode, firstFrameMs }) => {
    onJoined({ mode, seconds: firstFrameMs / 1000 })
    return Promise.resolve({})
  })
  answer(socket, log, 'watch:leave', () => {
    turn += 1
    leave()
    return Promise.resolve({})
  })
  socket.on('disconnect', () => {
    turn += 1
    leave()
  })
}

function viewerFacts(socket: FootlightSocket, onClosed: () => void): ViewerEvents {
  return {
    consumerAdded: (consumer) => socket.emit('consumer:added', consumer),
    consumerClosed: (consumerId) => socket.emit('consumer:closed', { consumerId }),
    layersChanged: (consumerId, spatialLayer) => socket.emit('consumer:layered', { consumerId, spatialLayer }),
    closed: (reason) => {
      onClosed()
      socket.emit('watch:closed', { reason })
    },
  }
}
