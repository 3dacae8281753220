/** The smallest platform behind WHIP and WHEP: one channel, one key, a real room, and a record of what was asked of it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { BroadcastId, PublishId } from '../../server/contract/ids.ts'
import type { MediaClosedReason } from '../../server/contract/sockets.ts'
import { AppError } from '../../server/core/AppError.ts'
import type { LiveDoor } from '../../server/live/whip/liveDoor.ts'
import { whepRoutes } from '../../server/live/whip/whepRoutes.ts'
import { whipRoutes } from '../../server/live/whip/whipRoutes.ts'
import { Room } from '../../server/media/Room.ts'
import type { WorkerPool } from '../../server/media/WorkerPool.ts'
import { log } from './mediaWorkers.ts'

export const CHANNEL = 'stage'
export const STREAM_KEY = 'a-secret-stream-key'

export type RoomDoor = {
  readonly url: string
  readonly room: Room
  readonly facts: string[]
  /** Ends every publish and watch as the platform would. */
  closeAll(reason: MediaClosedReason): void
  close(): Promise<void>
}

export async function openRoomDoor({ pool, viewersPerRouter = 100 }: { pool: WorkerPool; viewersPerRouter?: number }): Promise<RoomDoor> {
  const room = await Room.create({ id: 'room', pool, viewersPerRouter, log })
  const facts: string[] = []
  const listeners = new Set<(reason: MediaClosedReason) => void>()
  const broadcastId = 'broadcast1' as BroadcastId
  const live: LiveDoor = {
    async publishByKey({ channel, streamKey }) {
      if (channel !== CHANNEL) throw new AppError('channel-not-found')
      if (streamKey !== STREAM_KEY) throw new AppError('wrong-stream-key')
      facts.push('published')
      return {
        id: 'publish1' as PublishId,
        broadcastId,
        room,
        mediaStarted: async (info) => void facts.push(`started ${JSON.stringify(info)}`),
        end: async (how) => void facts.push(`ended ${how.finished ? 'finished' : 'interrupted'}`),
        onClosed: (listener) => void listeners.add(listener),
      }
    },
    async watch({ channel }) {
      if (channel !== CHANNEL) throw new AppError('channel-not-found')
      facts.push('watched')
      return { room, broadcastId, onClosed: (listener) => void listeners.add(listener), release: () => void facts.push('released') }
    },
  }
  const app = express()
  app.use(whipRoutes({ live, log }), whepRoutes({ live, log, admit: () => Promise.resolve({ who: { visitorId: 'a-test', addressHash: 'test', user: undefined }, enter: () => () => undefined, again: () => Promise.resolve() }) }))
  app.get('/', (_req, res) => void res.type('html').send('<!doctype html><title>test</title>'))
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    room,
    facts,
    closeAll: (reason) => listeners.forEach((listener) => listener(reason)),
    async close() {
      room.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
