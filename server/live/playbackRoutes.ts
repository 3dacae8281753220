// HTTP playback of a running broadcast: HLS and snapshots from the file store, HTTP-FLV passed on from its bridge.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebReadableStream } from 'node:stream/web'
import { Router } from 'express'
import type { Request, Response } from 'express'
import { broadcastIdSchema } from '../contract/ids.ts'
import type { BroadcastView } from '../contract/broadcast.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import { Remembered } from '../core/Remembered.ts'
import type { Database } from '../db/openDatabase.ts'
import { sendStored } from '../http/sendStored.ts'
import type { Audience } from './Audience.ts'
import type { Bridges } from './bridges/Bridges.ts'
import { findBroadcast } from './broadcastStore.ts'
import type { Broadcast } from './broadcastStore.ts'
import type { Live } from './Live.ts'
import type { LiveDirectory } from './LiveDirectory.ts'
import type { PaidShows } from './PaidShows.ts'
import type { Admitted, PlaybackGate } from './PlaybackGate.ts'
import type { Show } from './ShowAccess.ts'
import { withToken } from './withToken.ts'
import type { ViewerCount } from './ViewerCount.ts'

/** An HLS player asks for the playlist at least this often. */
const HLS_SEAT_MS = 12_000
/** What a broadcast's channel and ticket are never changes; this only bounds what is kept. */
const KEEP_MS = 60_000

const PERSONAL_CACHE = 'private, max-age=600'

export type PlaybackDeps = {
  readonly database: Database
  readonly live: Live
  readonly directory: LiveDirectory
  readonly gate: PlaybackGate
  readonly audience: Audience
  readonly shows: PaidShows
  readonly bridges: Bridges
  readonly viewers: ViewerCount
  readonly mediaDir: string
}

export function playbackRoutes({ database, live, directory, gate, audience, shows, bridges, viewers, mediaDir }: PlaybackDeps): Router {
  const routes = Router()
  const liveDir = join(mediaDir, 'live')
  const stored = new Remembered<BroadcastId, Broadcast | undefined>({ keepMs: KEEP_MS, load: (id) => findBroadcast(database, { id }) })

  routes.use(['/hls', '/flv', '/snapshots'], (request, response, next) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'Range')
    response.setHeader('Access-Control-Expose-Headers', 'Content-Length, Content-Range')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    if (request.method === 'OPTIONS') return void response.status(204).end()
    next()
  })

  /** @throws AppError channel-offline */
  const running = async ({ channel }: Admitted): Promise<BroadcastView> => {
    const broadcast = await directory.of(channel.id)
    if (!broadcast) throw new AppError('channel-offline', { message: `${channel.name} is not live` })
    return broadcast
  }
  /** A broadcast of this channel, which may have ended: being admitted to one channel opens no other. @throws AppError channel-offline */
  const showOf = async ({ channel }: Admitted, broadcastId: BroadcastId): Promise<Show> => {
    const now = await directory.of(channel.id)
    if (now?.id === broadcastId) return now
    const former = await stored.get(broadcastId)
    if (former?.channelId !== channel.id) throw new AppError('channel-offline')
    return { ...former, state: 'ended' }
  }
  const countPlayer = (request: Request, { channel, who }: Admitted): void => {
    // Pages of this platform are counted by their sockets.
    if (request.headers['sec-fetch-site'] !== 'same-origin') viewers.touch({ channel, who, forMs: HLS_SEAT_MS })
  }
  const sendPlaylist = (response: Response, text: string, token: string | null, { ticket }: Show): void => {
    response.setHeader('Content-Type', 'application/vnd.apple.mpegurl')
    // The address stays while what it lists comes and goes; with a token, or paid for, it is one person's.
    response.setHeader('Cache-Control', token === null && ticket === null ? 'public, max-age=1' : 'private, max-age=1')
    response.end(token === null ? text : withToken(text, token))
  }

  routes.get('/hls/:channel/index.m3u8', async (request, response) => {
    const admitted = await gate.admit(request, request.params.channel, { inUse: true })
    const show = await running(admitted)
    await shows.admit(admitted, show)
    countPlayer(request, admitted)
    sendPlaylist(response, await masterPlaylist(join(liveDir, show.id), show.id), admitted.token, show)
  })

  routes.get('/hls/:channel/:broadcastId/*path', async (request, response) => {
    const admitted = await gate.admit(request, request.params.channel, { inUse: true })
    const { channel, token } = admitted
    const broadcastId = checked(broadcastIdSchema, request.params.broadcastId)
    const path = request.params.path as unknown as string[]
    const show = await showOf(admitted, broadcastId)
    await shows.admit(admitted, show)
    if (path.at(-1) === 'media.m3u8' && live.of(channel.id)?.id === broadcastId) countPlayer(request, admitted)
    if ((token !== null || show.ticket !== null) && path.at(-1)?.endsWith('.m3u8')) sendPlaylist(response, await readPlaylist(join(liveDir, broadcastId), path), token, show)
    // What was given to one person is no shared cache's to give to another.
    else await sendStored(response, { root: join(liveDir, broadcastId), path, missing: 'channel-offline', ...(token === null && show.ticket === null ? {} : { cache: PERSONAL_CACHE }) })
  })

  routes.get('/snapshots/:file', async (request, response) => {
    const admitted = await gate.admit(request, request.params.file.replace(/\.jpg$/, ''), { open: true })
    const show = await running(admitted)
    // Every ten seconds a picture in full size: that is a show, too.
    await shows.requireReceiving(admitted, show)
    await sendStored(response, { root: join(liveDir, show.id), path: ['snapshot.jpg'], missing: 'not-found', ...(show.ticket === null ? {} : { cache: 'private, no-store' }) })
  })

  routes.get('/flv/:file', async (request, response) => {
    const admitted = await gate.admit(request, request.params.file.replace(/\.flv$/, ''))
    const { channel, who } = admitted
    const show = await running(admitted)
    const access = await shows.admit(admitted, show)
    const bridgeId = live.of(channel.id)?.publish?.bridgeId ?? bridges.holderOf(show.id)
    if (!bridgeId) throw new AppError('channel-offline', { message: `${channel.name} cannot be had from this server` })
    const seat = viewers.take({ channel, who, mode: 'flv' })
    const leaveAudience = audience.enter({ channel, who, cutOff: () => response.destroy() })
    const endWatch = shows.watchOver({ channel, broadcastId: show.id, who, cutOff: () => response.destroy() }, access)
    try {
      // Who was kept out since, while nothing could be cut off yet.
      await audience.admit(channel, who)
      await passFlv(response, await bridges.client(bridgeId).openFlv(show.id, closing(response)))
    } finally {
      leaveAudience()
      endWatch()
      seat.release()
    }
  })

  return routes
}

/** A playlist of the broadcast, whose path is checked as that of any stored file. @throws AppError channel-offline */
async function readPlaylist(folder: string, path: readonly string[]): Promise<string> {
  if (path.some((segment) => !/^[\w-][\w.-]*$/.test(segment))) throw new AppError('channel-offline')
  return readText(join(folder, ...path))
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new AppError('channel-offline', { message: 'HLS is not there yet' }) : error
  })
}

/** The broadcast's master playlist, its addresses made relative to `/hls/CHANNEL/`. @throws AppError channel-offline while there is none */
async function masterPlaylist(folder: string, broadcastId: BroadcastId): Promise<string> {
  const text = await readText(join(folder, 'index.m3u8'))
  return text.replace(/^(?!#)(.+)$/gm, `${broadcastId}/$1`)
}

async function passFlv(response: Response, body: ReadableStream<Uint8Array>): Promise<void> {
  response.writeHead(200, { 'content-type': 'video/x-flv', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  response.socket?.setNoDelay(true)
  try {
    await pipeline(Readable.fromWeb(body as WebReadableStream), response)
  } catch {
    // The reader left or the broadcast ended: either way this response is over, and the body says nothing further.
    response.destroy()
  }
}

function closing(response: Response): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}
