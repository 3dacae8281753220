// WHEP (draft-ietf-wish-whep): watching from any WebRTC player by one HTTP request.
import type { Router } from 'express'
import { AppError } from '../../core/AppError.ts'
import type { Logger } from '../../core/logger.ts'
import { Refusal } from './answerRefusal.ts'
import type { LiveDoor, Watch } from './liveDoor.ts'
import { openWhepSession } from './openWhepSession.ts'
import { readOffer } from './readOffer.ts'
import { sdpEndpoint } from './sdpEndpoint.ts'

export type WhepRoutesOptions = { readonly live: LiveDoor; readonly log: Logger }

/** Serves `/whep/:channel` and `/whep/:channel/:sessionId`; mount it at the root, before any body parser. */
export function whepRoutes({ live, log }: WhepRoutesOptions): Router {
  return sdpEndpoint({
    path: '/whep',
    log,
    admit: () => undefined,
    open: async (req, channel) => {
      const offer = readOffer(req)
      const watch = await enter(live, channel)
      return openWhepSession({ watch, offer, log: log.child({ channel }) })
    },
  })
}

/** draft-ietf-wish-whep section 4.2: without a live publication the answer is 409 with Retry-After. */
async function enter(live: LiveDoor, channel: string): Promise<Watch> {
  try {
    const watch = await live.watch({ channel, mode: 'whep' })
    const { video, audio } = watch.room.sources
    if (video !== undefined || audio !== undefined) return watch
    watch.release()
    throw new AppError('channel-offline')
  } catch (error) {
    if (error instanceof AppError && error.code === 'channel-offline') throw new Refusal(409, error)
    throw error
  }
}
