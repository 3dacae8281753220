// HTTP playback of a running broadcast: HLS and snapshots from the file store, HTTP-FLV passed on from its bridge.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebReadableStream } from 'node:stream/web'
import { Router } from 'express'
import type { Request, Response } from 'express'
import type { Channels } from '../channels/Channels.ts'
import { broadcastIdSchema } from '../contract/ids.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import { sendStored } from '../http/sendStored.ts'
import type { Bridges } from './bridges/Bridges.ts'
import type { Live } from './Live.ts'
import type { ViewerCount } from './ViewerCount.ts'

/** An HLS player asks for the playlist at least this often. */
const HLS_SEAT_MS = 12_000

export type PlaybackDeps = { readonly channels: Channels; readonly live: Live; readonly bridges: Bridges; readonly viewers: ViewerCount; readonly mediaDir: string }

export function playbackRoutes({ channels, live, bridges, viewers, mediaDir }: PlaybackDeps): Router {
  const routes = Router()
  const liveDir = join(mediaDir, 'live')

  routes.use(['/hls', '/flv', '/snapshots'], (request, response, next) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', 'Range')
    response.setHeader('Access-Control-Expose-Headers', 'Content-Length, Content-Range')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    if (request.method === 'OPTIONS') return void response.status(204).end()
    next()
  })

  const running = async (name: string) => {
    const channel = await channels.byName(name)
    const broadcast = live.of(channel.id)
    if (!broadcast) throw new AppError('channel-offline', { message: `${name} is not live` })
    return { channel, broadcast }
  }

  routes.get('/hls/:channel/index.m3u8', async (request, response) => {
    const { channel, broadcast } = await running(request.params.channel)
    // Pages of this platform are counted by their sockets.
    if (request.headers['sec-fetch-site'] !== 'same-origin') viewers.touch(channel.id, `hls:${playerOf(request)}`, HLS_SEAT_MS)
    response.setHeader('Content-Type', 'application/vnd.apple.mpegurl')
    // The address stays while broadcasts come and go: what it lists must be asked for anew.
    response.setHeader('Cache-Control', 'public, max-age=1')
    response.end(await masterPlaylist(join(liveDir, broadcast.id), broadcast.id))
  })

  routes.get('/hls/:channel/:broadcastId/*path', async (request, response) => {
    const broadcastId = checked(broadcastIdSchema, request.params.broadcastId)
    const path = request.params.path as unknown as string[]
    const known = live.byId(broadcastId)
    if (known && path.at(-1) === 'media.m3u8' && request.headers['sec-fetch-site'] !== 'same-origin')
      viewers.touch(known.channel.id, `hls:${playerOf(request)}`, HLS_SEAT_MS)
    await sendStored(response, { root: join(liveDir, broadcastId), path, missing: 'channel-offline' })
  })

  routes.get('/snapshots/:file', async (request, response) => {
    const { broadcast } = await running(request.params.file.replace(/\.jpg$/, ''))
    await sendStored(response, { root: join(liveDir, broadcast.id), path: ['snapshot.jpg'], missing: 'not-found' })
  })

  routes.get('/flv/:file', async (request, response) => {
    const { channel, broadcast } = await running(request.params.file.replace(/\.flv$/, ''))
    const bridgeId = broadcast.publish?.bridgeId ?? bridges.holderOf(broadcast.id)
    if (!bridgeId) throw new AppError('channel-offline', { message: `${channel.name} is not live` })
    const seat = viewers.take(channel.id, 'flv')
    try {
      await passFlv(response, await bridges.client(bridgeId).openFlv(broadcast.id, closing(response)))
    } finally {
      seat.release()
    }
  })

  return routes
}

/** The broadcast's master playlist, its addresses made relative to `/hls/CHANNEL/`. @throws AppError channel-offline while there is none */
async function masterPlaylist(folder: string, broadcastId: BroadcastId): Promise<string> {
  const text = await readFile(join(folder, 'index.m3u8'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new AppError('channel-offline', { message: 'HLS is not there yet' }) : error
  })
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

/** Tells players behind one address apart as far as their headers allow, without keeping either. */
function playerOf(request: Request): string {
  return createHash('sha256').update(`${request.ip}|${request.headers['user-agent'] ?? ''}`).digest('base64url').slice(0, 16)
}
