// HTTP routes of replays: what is known of one, and its files.
import { join } from 'node:path'
import { Router } from 'express'
import type { Request } from 'express'
import { broadcastIdSchema } from '../contract/ids.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import type { Database } from '../db/openDatabase.ts'
import { sendStored } from '../http/sendStored.ts'
import { findReplay } from './replayStore.ts'

/** A replay's playlist never changes once it is there. */
const PLAYLIST_CACHE = 'public, max-age=300'
/** What somebody paid for is no shared cache's to give to others. */
const PAID_CACHE = 'private, max-age=300'

export type ReplayRouteDeps = {
  readonly database: Database
  readonly mediaDir: string
  /** Lets in who may see a paid show. @throws AppError ticket-needed */
  readonly door: (request: Request, broadcastId: BroadcastId) => Promise<void>
}

export function replayRoutes({ database, mediaDir, door }: ReplayRouteDeps): Router {
  const routes = Router()

  routes.get('/api/replays/:broadcastId', async (request, response) => {
    const replay = await findReplay(database, checked(broadcastIdSchema, request.params.broadcastId))
    if (!replay) throw new AppError('replay-not-found')
    response.json(replay)
  })

  routes.get('/replays/:broadcastId/*path', async (request, response) => {
    const broadcastId = checked(broadcastIdSchema, request.params.broadcastId)
    const path = request.params.path as unknown as string[]
    const replay = await findReplay(database, broadcastId)
    if (replay?.state !== 'ready') throw new AppError('replay-not-found')
    // One picture of it is for everyone, as a cover is.
    const paid = replay.ticket !== null && path.join('/') !== 'poster.jpg'
    if (paid) await door(request, broadcastId)
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    if (path.at(-1) === 'replay.mp4' && request.query['download'] !== undefined)
      response.setHeader('Content-Disposition', `attachment; filename="${replay.channel}-${replay.startedAt.slice(0, 10)}.mp4"`)
    const playlist = path.at(-1)?.endsWith('.m3u8')
    await sendStored(response, { root: join(mediaDir, 'recordings', broadcastId), path, missing: 'replay-not-found', ...(paid ? { cache: PAID_CACHE } : playlist ? { cache: PLAYLIST_CACHE } : {}) })
  })

  return routes
}
