// HTTP routes of a show's chat: what a replay shows in time, and the files its host may keep.
import { once } from 'node:events'
import { Router } from 'express'
import type { Request, Response } from 'express'
import { RateLimiterRedis } from 'rate-limiter-flexible'
import { requireUser } from '../accounts/authenticate.ts'
import { findChannel } from '../channels/channelStore.ts'
import { replayChatQuerySchema } from '../contract/chat.ts'
import type { ChatMessage } from '../contract/chat.ts'
import { broadcastIdSchema } from '../contract/ids.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { may } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import { checked } from '../core/checked.ts'
import type { Redis } from '../core/openRedis.ts'
import { spend } from '../core/spend.ts'
import type { Database } from '../db/openDatabase.ts'
import { findBroadcast } from '../live/broadcastStore.ts'
import type { ReplayDoor } from '../live/replayDoor.ts'
import type { Standings } from '../moderation/Standings.ts'
import { findReplay } from '../replay/replayStore.ts'
import { csvHead, toCsvLine, toJsonLine } from './chatRecords.ts'
import { broadcastMessages, replayMessages } from './chatStore.ts'
import { whenAvailable } from './whenAvailable.ts'

const PART = 500
/** A player asks about once a minute of show; seeking asks more. */
const READS = { points: 240, duration: 60 }
const DOWNLOADS = { points: 20, duration: 60 }

/** @param door lets in who may see a paid show */
export function replayChatRoutes({ database, redis, standings, door }: { database: Database; redis: Redis; standings: Standings; door: ReplayDoor }): Router {
  const routes = Router()
  const reads = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:replay-chat', ...READS })
  const downloads = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:chat-download', ...DOWNLOADS })

  routes.get('/api/replays/:broadcastId/chat', async (request, response) => {
    await whenAvailable(() => spend(reads, request.ip ?? ''))
    const broadcastId = checked(broadcastIdSchema, request.params.broadcastId)
    const { from, to } = checked(replayChatQuerySchema, request.query)
    response.json(
      await whenAvailable(async () => {
        // While it runs, its chat is read in the room, by whom the room lets in.
        const [replay, broadcast] = await Promise.all([findReplay(database, broadcastId), findBroadcast(database, { id: broadcastId })])
        if (!replay || broadcast?.state !== 'ended') throw new AppError('replay-not-found')
        await door(request, broadcastId)
        return replayMessages(database, broadcastId, { from, to, limit: PART })
      }),
    )
  })

  const download = async (request: Request, response: Response, file: { type: string; ending: string; head: string; toLine: (message: ChatMessage) => string }): Promise<void> => {
    const user = requireUser(request)
    await whenAvailable(() => spend(downloads, user.id))
    const broadcast = await findBroadcast(database, { id: checked(broadcastIdSchema, request.params['broadcastId']) })
    const channel = broadcast && (await findChannel(database, { id: broadcast.channelId }))
    if (!broadcast || !channel) throw new AppError('broadcast-not-found')
    if (!may((await standings.of(channel)).roleOf(user), 'chat:download')) throw new AppError('forbidden', { message: 'Only the host may download the chat' })
    response.setHeader('Content-Type', file.type)
    response.setHeader('Content-Disposition', `attachment; filename="${channel.name}-${broadcast.startedAt.toISOString().slice(0, 10)}-chat.${file.ending}"`)
    response.setHeader('Cache-Control', 'private, no-store')
    response.write(file.head)
    await streamChat(database, broadcast.id, response, file.toLine)
    response.end()
  }
  routes.get('/api/replays/:broadcastId/chat.jsonl', (request, response) => download(request, response, { type: 'application/x-ndjson; charset=utf-8', ending: 'jsonl', head: '', toLine: toJsonLine }))
  // The mark makes spreadsheets read it as UTF-8.
  routes.get('/api/replays/:broadcastId/chat.csv', (request, response) => download(request, response, { type: 'text/csv; charset=utf-8', ending: 'csv', head: `\uFEFF${csvHead}`, toLine: toCsvLine }))

  return routes
}

/** Part by part, no faster than it is read, so that a long show's chat never stands in memory. */
async function streamChat(database: Database, broadcastId: BroadcastId, response: Response, toLine: (message: ChatMessage) => string): Promise<void> {
  for (let afterSeq = 0; !response.destroyed; ) {
    const part = await broadcastMessages(database, broadcastId, { afterSeq, limit: PART })
    const roomLeft = part.length === 0 || response.write(part.map(toLine).join(''))
    if (part.length < PART) return
    afterSeq = part.at(-1)?.seq ?? afterSeq
    if (!roomLeft) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
}
