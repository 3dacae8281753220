// Socket requests of a host: go live from the browser, and see the channel's state and notices whatever its source.
import type { Accounts } from '../accounts/Accounts.ts'
import type { Channels } from '../channels/Channels.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import type { PublishTransport } from '../media/PublishTransport.ts'
import { answer } from '../realtime/answer.ts'
import type { FootlightSocket } from '../realtime/answer.ts'
import type { Live } from './Live.ts'
import type { LiveDirectory } from './LiveDirectory.ts'
import type { NoticeBoard } from './NoticeBoard.ts'
import { studioRoom } from './rooms.ts'
import type { ViewerCount } from './ViewerCount.ts'
import type { Publish } from './whip/liveDoor.ts'

export type PublishSocketDeps = { readonly accounts: Accounts; readonly channels: Channels; readonly live: Live; readonly directory: LiveDirectory; readonly viewers: ViewerCount; readonly notices: NoticeBoard; readonly log: Logger }
type Sending = { readonly publish: Publish; readonly transport: PublishTransport; width: number; height: number; layers: number; hasAudio: boolean }

export function publishSockets(socket: FootlightSocket, { accounts, channels, live, directory, viewers, notices, log }: PublishSocketDeps): void {
  let sending: Sending | undefined
  let unfollow: () => void = () => undefined

  const owner = async () => {
    const user = await accounts.userOf(socket.data.token)
    if (!user) throw new AppError('not-logged-in')
    return user
  }
  const present = (): Sending => {
    if (!sending) throw new AppError('session-not-found', { message: 'Nothing is being sent: publish first' })
    return sending
  }
  const stopSending = async (how: { finished: boolean; reason: string }): Promise<void> => {
    const former = sending
    sending = undefined
    former?.transport.close()
    await former?.publish.end(how)
  }
  const stopOrLog = (how: { finished: boolean; reason: string }): void => {
    stopSending(how).catch((error: unknown) => log.error({ err: error }, 'a lost host could not be noted'))
  }

  answer(socket, log, 'publish', async ({ channel }) => {
    const { id: userId } = await owner()
    sending?.transport.close()
    sending = undefined
    const publish = await live.publishAsOwner({ channel, userId })
    const transport = await openTransport(publish)
    const mine: Sending = { publish, transport, width: 0, height: 0, layers: 0, hasAudio: false }
    sending = mine
    publish.onClosed((reason) => {
      transport.close()
      if (sending !== mine) return
      sending = undefined
      socket.emit('publish:closed', { reason })
    })
    transport.onClosed((reason) => {
      if (sending === mine && reason === 'ice-failed') stopOrLog({ finished: false, reason: 'the connection to the host was lost' })
    })
    if (socket.disconnected) await stopSending({ finished: false, reason: 'the host left' })
    const broadcast = live.byId(publish.broadcastId)
    if (!broadcast) throw new AppError('session-not-found')
    return { broadcast: broadcast.view(), transport: transport.dto }
  })

  answer(socket, log, 'publish:connect', async ({ dtlsParameters }) => {
    await present().transport.connect(dtlsParameters)
    return {}
  })

  answer(socket, log, 'publish:produce', async ({ kind, rtpParameters, width, height }) => {
    const mine = present()
    const produced = await mine.transport.produce({ kind, rtpParameters })
    if (kind === 'audio') mine.hasAudio = true
    else Object.assign(mine, { width: width ?? 0, height: height ?? 0, layers: Math.max(1, rtpParameters.encodings?.length ?? 1) })
    const tellStarted = async (): Promise<void> => {
      if ((await mine.transport.flowing()) && sending === mine) await mine.publish.mediaStarted(mine)
    }
    tellStarted().catch((error: unknown) => log.error({ err: error }, 'a started broadcast could not be noted'))
    return produced
  })

  answer(socket, log, 'publish:sized', async ({ width, height }) => {
    const mine = present()
    Object.assign(mine, { width, height })
    await mine.publish.mediaStarted(mine)
    return {}
  })
  answer(socket, log, 'publish:pause', async (request) => {
    await present().transport.pauseProducer(request)
    return {}
  })
  answer(socket, log, 'publish:close-producer', ({ producerId }) => {
    present().transport.closeProducer(producerId)
    return Promise.resolve({})
  })
  answer(socket, log, 'publish:restart-ice', async () => ({ iceParameters: await present().transport.restartIce() }))
  answer(socket, log, 'publish:end', async () => {
    await stopSending({ finished: true, reason: 'ended by the host' })
    return {}
  })

  answer(socket, log, 'studio:watch', async ({ channel: name }) => {
    const channel = await channels.ownedByName(name, (await owner()).id)
    await socket.join(studioRoom(channel.id))
    unfollow()
    unfollow = socket.connected ? viewers.follow(channel) : () => undefined
    const broadcast = await directory.of(channel.id)
    return { broadcast: broadcast ?? null, notices: broadcast ? await notices.of(broadcast.id) : [] }
  })

  socket.on('disconnect', () => {
    unfollow()
    stopOrLog({ finished: false, reason: 'the host left' })
  })
}

/** @throws AppError media-unavailable; the publish is then ended */
async function openTransport(publish: Publish): Promise<PublishTransport> {
  let closed = false
  publish.onClosed(() => (closed = true))
  try {
    return await publish.room.createPublishTransport({ wanted: () => !closed })
  } catch (error) {
    await publish.end({ finished: false, reason: 'no way in could be opened' })
    throw error
  }
}
