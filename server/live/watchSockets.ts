// Socket requests of a viewer: join a channel's room and receive its media.
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { PlayMode, WatchReply } from '../contract/sockets.ts'
import type { AccessView } from '../contract/tickets.ts'
import type { BroadcastId, ChannelId } from '../contract/ids.ts'
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
import type { PaidShows } from './PaidShows.ts'
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
  readonly shows: PaidShows
  readonly viewers: ViewerCount
  /** A page saw its first frame, so long after it asked. */
  readonly onJoined: (joined: { mode: PlayMode; seconds: number }) => void
  readonly log: Logger
}

export function watchSockets(socket: FootlightSocket, { accounts, channels, live, directory, audience, shows, viewers, onJoined, log }: WatchSocketDeps): void {
  let watched: { readonly channelId: ChannelId; readonly subject: string; readonly leaveAudience: () => void; seat: Seat | undefined } | undefined
  let viewer: Viewer | undefined
  /** Ends the watch over a paid show. */
  let endWatch = (): void => undefined
  /** Counts watches and leaves: what was begun under a former number is thrown away. */
  let turn = 0
  const watches = new RateLimiterMemory(WATCHES)

  const dropViewer = (): void => {
    viewer?.close()
    viewer = undefined
  }
  /** Nothing is received any more, but the room is still heard. */
  const rise = (): void => {
    endWatch()
    dropViewer()
    watched?.seat?.release()
    if (watched) watched.seat = undefined
  }
  const leave = (): void => {
    rise()
    if (!watched) return
    watched.leaveAudience()
    void socket.leave(channelRoom(watched.channelId))
    watched = undefined
  }
  const cutOff = (channel: Channel, { until, reason }: Sanction): void => {
    turn += 1
    leave()
    for (const room of [...socket.rooms]) if (isRoomOf(room, channel.id)) void socket.leave(room)
    socket.emit('kept-out', { channel: channel.name, until: until?.toISOString() ?? null, reason })
  }
  const enter = (channel: Channel, who: Who): void => {
    const subject = subjectOf(who)
    if (watched?.channelId === channel.id && watched.subject === subject) return
    leave()
    watched = {
      channelId: channel.id,
      subject,
      leaveAudience: audience.enter({ channel, who, cutOff: (sanction) => cutOff(channel, sanction) }),
      seat: undefined,
    }
    void socket.join(channelRoom(channel.id))
  }
  /** A seat is for who receives the show; who needs a ticket stands in the foyer. */
  const sit = (channel: Channel, who: Who, mode: PlayMode, show: { readonly id: BroadcastId; readonly access: AccessView | null } | null): void => {
    endWatch()
    if (show?.access?.access === 'needed') return rise()
    if (watched?.seat) watched.seat.change(mode)
    else if (watched) watched.seat = viewers.take({ channel, who, mode })
    if (!show) return
    const ticketNeeded = (access: AccessView): void => {
      turn += 1
      rise()
      socket.emit('ticket:needed', { channel: channel.name, access })
    }
    endWatch = shows.watchOver({ channel, broadcastId: show.id, who, cutOff: ticketNeeded }, show.access)
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
    enter(channel, who)
    const view = live.of(channel.id)?.view() ?? (await directory.of(channel.id)) ?? null
    const access = view && (await shows.of(channel, view, who))
    if (mine !== turn) throw superseded()
    sit(channel, who, mode, view && { id: view.id, access })
    dropViewer()

    const broadcast = live.of(channel.id)
    const room = broadcast?.id === view?.id ? broadcast?.room : undefined
    if (mode === 'webrtc' && rtpCapabilities && room && !room.closed && access?.access !== 'needed') {
      const added = await room.addViewer({ rtpCapabilities, on: viewerFacts(socket, () => (viewer = undefined)) })
      if (mine !== turn) {
        added.close()
        throw superseded()
      }
      viewer = added
    }
    return {
      broadcast: view,
      elsewhere: view !== null && !broadcast,
      viewers: viewers.of(channel.id) || (view?.viewers ?? 0),
      transport: viewer?.transportDto ?? null,
      consumers: viewer?.consumers ?? [],
      serverTime: Date.now(),
      access,
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
